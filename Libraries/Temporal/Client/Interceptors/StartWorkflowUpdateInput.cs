using Temporalio.Api.Common.V1;

namespace Temporalio.Client.Interceptors;

/// <summary>An update that is to be started.</summary>
/// <param name="Id">The workflow.</param>
/// <param name="RunId">The run, null for the current one.</param>
/// <param name="FirstExecutionRunId">First run of the chain that it must belong to.</param>
/// <param name="Update">Name of the update.</param>
/// <param name="Args">Its arguments.</param>
/// <param name="Options">Options of the update.</param>
/// <param name="Headers">Headers to send along.</param>
public record StartWorkflowUpdateInput(
    string Id,
    string? RunId,
    string? FirstExecutionRunId,
    string Update,
    IReadOnlyCollection<object?> Args,
    WorkflowUpdateStartOptions Options,
    IDictionary<string, Payload>? Headers);
