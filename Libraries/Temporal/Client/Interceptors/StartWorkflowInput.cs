using Temporalio.Api.Common.V1;

namespace Temporalio.Client.Interceptors;

/// <summary>A workflow that is to be started.</summary>
/// <param name="Workflow">The workflow's type.</param>
/// <param name="Args">Its arguments.</param>
/// <param name="Options">Options of the start.</param>
/// <param name="Headers">Headers to send along.</param>
public record StartWorkflowInput(
    string Workflow,
    IReadOnlyCollection<object?> Args,
    WorkflowOptions Options,
    IDictionary<string, Payload>? Headers);
