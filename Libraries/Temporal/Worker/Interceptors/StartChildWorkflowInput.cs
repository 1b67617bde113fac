using Temporalio.Api.Common.V1;
using Temporalio.Workflows;

namespace Temporalio.Worker.Interceptors;

/// <summary>Input of starting a child workflow.</summary>
/// <param name="Workflow">Workflow type name.</param>
/// <param name="Args">Arguments.</param>
/// <param name="Options">How it is started.</param>
/// <param name="Headers">Headers to send.</param>
public record StartChildWorkflowInput(
    string Workflow,
    IReadOnlyCollection<object?> Args,
    ChildWorkflowOptions Options,
    IDictionary<string, Payload>? Headers);
