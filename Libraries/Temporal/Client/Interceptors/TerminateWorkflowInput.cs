namespace Temporalio.Client.Interceptors;

/// <summary>A workflow that is to be terminated.</summary>
/// <param name="Id">The workflow.</param>
/// <param name="RunId">The run, null for the current one.</param>
/// <param name="FirstExecutionRunId">First run of the chain that it must belong to.</param>
/// <param name="Reason">Why.</param>
/// <param name="Options">Options of the termination.</param>
public record TerminateWorkflowInput(
    string Id,
    string? RunId,
    string? FirstExecutionRunId,
    string? Reason,
    WorkflowTerminateOptions? Options);
