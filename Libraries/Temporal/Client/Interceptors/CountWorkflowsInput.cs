namespace Temporalio.Client.Interceptors;

/// <summary>Workflows that are to be counted.</summary>
/// <param name="Query">Which workflows.</param>
/// <param name="Options">Options of the count.</param>
public record CountWorkflowsInput(
    string Query,
    WorkflowCountOptions? Options);
