namespace Temporalio.Client.Interceptors;

/// <summary>A workflow that is to be cancelled.</summary>
/// <param name="Id">The workflow.</param>
/// <param name="RunId">The run, null for the current one.</param>
/// <param name="FirstExecutionRunId">First run of the chain that it must belong to.</param>
/// <param name="Options">Options of the cancellation.</param>
public record CancelWorkflowInput(
    string Id,
    string? RunId,
    string? FirstExecutionRunId,
    WorkflowCancelOptions? Options);
