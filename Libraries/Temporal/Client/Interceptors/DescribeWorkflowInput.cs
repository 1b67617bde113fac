namespace Temporalio.Client.Interceptors;

/// <summary>A workflow that is to be described.</summary>
/// <param name="Id">The workflow.</param>
/// <param name="RunId">The run, null for the current one.</param>
/// <param name="Options">Options of the description.</param>
public record DescribeWorkflowInput(
    string Id,
    string? RunId,
    WorkflowDescribeOptions? Options);
