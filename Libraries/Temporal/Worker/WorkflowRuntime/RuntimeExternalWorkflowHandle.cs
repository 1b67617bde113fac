using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>The handle that <see cref="Workflow.GetExternalWorkflowHandle(string, string?)"/> returns.</summary>
internal sealed class RuntimeExternalWorkflowHandle<TWorkflow>(
    WorkflowOutboundInterceptor outbound, string id, string? runId) : ExternalWorkflowHandle<TWorkflow>
{
    public override string Id => id;

    public override string? RunId => runId;

    public override Task SignalAsync(
        string signal, IReadOnlyCollection<object?> args, ExternalWorkflowSignalOptions? options = null) =>
        outbound.SignalExternalWorkflowAsync(new(id, runId, signal, args, options, null));

    public override Task CancelAsync() => CancelAsync(null);

    public override Task CancelAsync(ExternalWorkflowCancelOptions? options) =>
        outbound.CancelExternalWorkflowAsync(new(id, runId, options));
}
