using Temporalio.Worker.Interceptors;
using Temporalio.Worker.WorkflowRuntime.Machines;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>The handle of a started child.</summary>
internal sealed class RuntimeChildWorkflowHandle<TWorkflow, TResult>(
    WorkflowOutboundInterceptor outbound, string id, string firstRunId, Task<Outcome> outcome, OutcomeReader reader)
    : ChildWorkflowHandle<TWorkflow, TResult>
{
    public override string Id => id;

    public override string FirstExecutionRunId => firstRunId;

    public override async Task<TLocalResult> GetResultAsync<TLocalResult>() =>
        reader.Read<TLocalResult>(await outcome.ConfigureAwait(true));

    public override Task SignalAsync(
        string signal, IReadOnlyCollection<object?> args, ChildWorkflowSignalOptions? options = null) =>
        outbound.SignalChildWorkflowAsync(new(id, signal, args, options, null));
}
