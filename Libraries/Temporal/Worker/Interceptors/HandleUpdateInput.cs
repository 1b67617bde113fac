using Temporalio.Api.Common.V1;
using Temporalio.Workflows;

namespace Temporalio.Worker.Interceptors;

/// <summary>Input of an update handler and its validator.</summary>
/// <param name="Id">Id of the update.</param>
/// <param name="Update">Name of the update.</param>
/// <param name="Definition">The handler.</param>
/// <param name="Args">Arguments.</param>
/// <param name="Headers">Headers that came with it.</param>
public record HandleUpdateInput(
    string Id,
    string Update,
    WorkflowUpdateDefinition Definition,
    object?[] Args,
    IReadOnlyDictionary<string, Payload>? Headers);
