using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Sdk.V1;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>What a workflow task led to.</summary>
internal abstract record WorkflowTaskResult;

/// <summary>The task succeeded.</summary>
/// <param name="Commands">Commands to send.</param>
/// <param name="Messages">Messages to send.</param>
/// <param name="Answers">Answers to queries, each with its id.</param>
/// <param name="Metadata">Flags to record.</param>
/// <param name="VersioningBehavior">How the run moves between worker versions.</param>
/// <param name="HasEnded">Whether the commands end the run.</param>
internal sealed record WorkflowTaskSuccess(
    IReadOnlyList<Command> Commands,
    IReadOnlyList<Message> Messages,
    IReadOnlyList<WorkflowInstance.QueryAnswer> Answers,
    WorkflowTaskCompletedMetadata Metadata,
    Common.VersioningBehavior VersioningBehavior,
    bool HasEnded) : WorkflowTaskResult;

/// <summary>The task failed.</summary>
/// <param name="Exception">Why.</param>
/// <param name="Failure">Why, for the server.</param>
/// <param name="Cause">Kind of the fault.</param>
internal sealed record WorkflowTaskFailure(
    Exception Exception, Failure Failure, WorkflowTaskFailedCause Cause) : WorkflowTaskResult;
