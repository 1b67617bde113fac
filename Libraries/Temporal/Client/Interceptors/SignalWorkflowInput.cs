using Temporalio.Api.Common.V1;

namespace Temporalio.Client.Interceptors;

/// <summary>A signal that is to be sent.</summary>
/// <param name="Id">The workflow.</param>
/// <param name="RunId">The run, null for the current one.</param>
/// <param name="Signal">Name of the signal.</param>
/// <param name="Args">Its arguments.</param>
/// <param name="Options">Options of the signal.</param>
/// <param name="Headers">Headers to send along.</param>
public record SignalWorkflowInput(
    string Id,
    string? RunId,
    string Signal,
    IReadOnlyCollection<object?> Args,
    WorkflowSignalOptions? Options,
    IDictionary<string, Payload>? Headers);
