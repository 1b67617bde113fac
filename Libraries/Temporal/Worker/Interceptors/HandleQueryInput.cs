using Temporalio.Api.Common.V1;
using Temporalio.Workflows;

namespace Temporalio.Worker.Interceptors;

/// <summary>Input of a query handler.</summary>
/// <param name="Id">Id of the query.</param>
/// <param name="Query">Name of the query.</param>
/// <param name="Definition">The handler.</param>
/// <param name="Args">Arguments.</param>
/// <param name="Headers">Headers that came with it.</param>
public record HandleQueryInput(
    string Id,
    string Query,
    WorkflowQueryDefinition Definition,
    object?[] Args,
    IReadOnlyDictionary<string, Payload>? Headers);
