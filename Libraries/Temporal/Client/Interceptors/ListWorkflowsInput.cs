namespace Temporalio.Client.Interceptors;

/// <summary>Workflows that are to be listed.</summary>
/// <param name="Query">Which workflows.</param>
/// <param name="Options">Options of the list.</param>
public record ListWorkflowsInput(
    string Query,
    WorkflowListOptions? Options);
