namespace Temporalio.Client.Interceptors;

/// <summary>A page of a list of workflows.</summary>
/// <param name="Query">Which workflows.</param>
/// <param name="NextPageToken">Token of the page, null for the first.</param>
/// <param name="Options">Options of the page.</param>
public record ListWorkflowsPaginatedInput(
    string Query,
    byte[]? NextPageToken,
    WorkflowListPaginatedOptions? Options);
