using Temporalio.Api.Common.V1;
using Temporalio.Workflows;

namespace Temporalio.Worker.Interceptors;

/// <summary>Input of a signal handler.</summary>
/// <param name="Signal">Name of the signal.</param>
/// <param name="Definition">The handler.</param>
/// <param name="Args">Arguments.</param>
/// <param name="Headers">Headers that came with it.</param>
public record HandleSignalInput(
    string Signal,
    WorkflowSignalDefinition Definition,
    object?[] Args,
    IReadOnlyDictionary<string, Payload>? Headers);
