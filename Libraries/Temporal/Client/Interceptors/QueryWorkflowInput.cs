using Temporalio.Api.Common.V1;

namespace Temporalio.Client.Interceptors;

/// <summary>A query that is to be made.</summary>
/// <param name="Id">The workflow.</param>
/// <param name="RunId">The run, null for the current one.</param>
/// <param name="Query">Name of the query.</param>
/// <param name="Args">Its arguments.</param>
/// <param name="Options">Options of the query.</param>
/// <param name="Headers">Headers to send along.</param>
public record QueryWorkflowInput(
    string Id,
    string? RunId,
    string Query,
    IReadOnlyCollection<object?> Args,
    WorkflowQueryOptions? Options,
    IDictionary<string, Payload>? Headers);
