using Temporalio.Workflows;

namespace Temporalio.Worker.Interceptors;

/// <summary>Input of cancelling another workflow.</summary>
/// <param name="Id">Workflow id.</param>
/// <param name="RunId">Run, or null for the current one.</param>
/// <param name="Options">How it is cancelled.</param>
public record CancelExternalWorkflowInput(string Id, string? RunId, ExternalWorkflowCancelOptions? Options);
