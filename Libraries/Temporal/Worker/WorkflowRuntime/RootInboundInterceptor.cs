using System.Reflection;
using Temporalio.Worker.Interceptors;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>The innermost interceptor: calls the workflow's own methods.</summary>
internal sealed class RootInboundInterceptor(WorkflowInstance instance) : WorkflowInboundInterceptor
{
    public WorkflowOutboundInterceptor? Outbound { get; private set; }

    public override void Init(WorkflowOutboundInterceptor outbound) => Outbound = outbound;

    public override Task<object?> ExecuteWorkflowAsync(ExecuteWorkflowInput input) =>
        ResultOfAsync(Call(input.RunMethod, null, input.Instance, input.Args));

    public override async Task HandleSignalAsync(HandleSignalInput input) =>
        await ((Task)Call(input.Definition.Method, input.Definition.Delegate, instance.Instance, input.Args)!)
            .ConfigureAwait(true);

    public override object? HandleQuery(HandleQueryInput input) =>
        Call(input.Definition.Method, input.Definition.Delegate, instance.Instance, input.Args);

    public override void ValidateUpdate(HandleUpdateInput input) => Call(
        input.Definition.ValidatorMethod, input.Definition.ValidatorDelegate, instance.Instance, input.Args);

    public override Task<object?> HandleUpdateAsync(HandleUpdateInput input) =>
        ResultOfAsync(Call(input.Definition.Method, input.Definition.Delegate, instance.Instance, input.Args));

    private static object? Call(MethodInfo? method, Delegate? handler, object target, object?[] arguments) =>
        method != null
            ? method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null)
            : handler!.Method.Invoke(handler.Target, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    private static async Task<object?> ResultOfAsync(object? returned)
    {
        var task = (Task)returned!;
        await task.ConfigureAwait(true);
        return TaskResult.Read(task);
    }
}
