using Temporalio.Common;
using Temporalio.Converters;
using Payload = Temporalio.Api.Common.V1.Payload;

namespace Temporalio.Workflows;

/// <summary>Facts about the running workflow that do not change during the run.</summary>
/// <param name="Attempt">Attempt of the execution, from 1.</param>
/// <param name="ContinuedRunId">Run that continued as this one, if any.</param>
/// <param name="CronSchedule">Cron expression, if any.</param>
/// <param name="ExecutionTimeout">Limit over all runs, if any.</param>
/// <param name="FirstExecutionRunId">First run of the chain.</param>
/// <param name="Headers">Headers of the start.</param>
/// <param name="LastFailure">Failure of the previous run of a chain of retries or cron runs, if any.</param>
/// <param name="LastResult">Result of the previous cron run, if any.</param>
/// <param name="Namespace">Namespace.</param>
/// <param name="OriginalExecutionRunId">Run id that the history began with; differs from <paramref name="RunId"/> after
/// a reset.</param>
/// <param name="Parent">The parent, if this is a child.</param>
/// <param name="Priority">Priority.</param>
/// <param name="RetryPolicy">Retry policy, if any.</param>
/// <param name="Root">Root of the tree of children; null if this is the root.</param>
/// <param name="RunId">Current run.</param>
/// <param name="RunTimeout">Limit of the run, if any.</param>
/// <param name="StartTime">Time of the first workflow task.</param>
/// <param name="TaskQueue">Task queue.</param>
/// <param name="TaskTimeout">Limit of a workflow task.</param>
/// <param name="WorkflowId">Workflow id.</param>
/// <param name="WorkflowStartTime">Time when the run was started by the server.</param>
/// <param name="WorkflowType">Workflow type name.</param>
public record WorkflowInfo(
    int Attempt,
    string? ContinuedRunId,
    string? CronSchedule,
    TimeSpan? ExecutionTimeout,
    string FirstExecutionRunId,
    IReadOnlyDictionary<string, Payload>? Headers,
    Exception? LastFailure,
    IReadOnlyCollection<IRawValue>? LastResult,
    string Namespace,
    string OriginalExecutionRunId,
    WorkflowInfo.ParentInfo? Parent,
    Priority Priority,
    RetryPolicy? RetryPolicy,
    WorkflowInfo.RootInfo? Root,
    string RunId,
    TimeSpan? RunTimeout,
    DateTime StartTime,
    string TaskQueue,
    TimeSpan TaskTimeout,
    string WorkflowId,
    DateTime WorkflowStartTime,
    string WorkflowType)
{
    internal Dictionary<string, object> LoggerScope => new()
    {
        ["Attempt"] = Attempt,
        ["Namespace"] = Namespace,
        ["RunId"] = RunId,
        ["TaskQueue"] = TaskQueue,
        ["WorkflowId"] = WorkflowId,
        ["WorkflowType"] = WorkflowType,
    };

    /// <summary>The parent of a child workflow.</summary>
    /// <param name="Namespace">Namespace of the parent.</param>
    /// <param name="RunId">Run of the parent.</param>
    /// <param name="WorkflowId">Workflow id of the parent.</param>
    public record ParentInfo(string Namespace, string RunId, string WorkflowId);

    /// <summary>The root of a tree of child workflows.</summary>
    /// <param name="RunId">Run of the root.</param>
    /// <param name="WorkflowId">Workflow id of the root.</param>
    public record RootInfo(string RunId, string WorkflowId);
}
