using Temporalio.Api.Common.V1;
using Temporalio.Workflows;

namespace Temporalio.Worker.Interceptors;

/// <summary>Input of continuing as new.</summary>
/// <param name="Workflow">Workflow type name.</param>
/// <param name="Args">Arguments.</param>
/// <param name="Options">What the new run takes over.</param>
/// <param name="Headers">Headers to send.</param>
public record CreateContinueAsNewExceptionInput(
    string Workflow,
    IReadOnlyCollection<object?> Args,
    ContinueAsNewOptions? Options,
    IDictionary<string, Payload>? Headers);
