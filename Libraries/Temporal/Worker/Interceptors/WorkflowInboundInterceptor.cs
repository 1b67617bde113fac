namespace Temporalio.Worker.Interceptors;

/// <summary>What comes into a workflow. Each member passes on to the next interceptor unless overridden.</summary>
public abstract class WorkflowInboundInterceptor
{
    private readonly WorkflowInboundInterceptor? next;

    /// <summary>Puts itself before the next interceptor.</summary>
    protected WorkflowInboundInterceptor(WorkflowInboundInterceptor next) => this.next = next;

    private protected WorkflowInboundInterceptor()
    {
    }

    /// <summary>The next interceptor.</summary>
    protected WorkflowInboundInterceptor Next => next ?? throw new InvalidOperationException("No next interceptor");

    /// <summary>Called once, to wrap what goes out.</summary>
    public virtual void Init(WorkflowOutboundInterceptor outbound) => Next.Init(outbound);

    /// <summary>Runs the run method.</summary>
    public virtual Task<object?> ExecuteWorkflowAsync(ExecuteWorkflowInput input) => Next.ExecuteWorkflowAsync(input);

    /// <summary>Runs a signal handler.</summary>
    public virtual Task HandleSignalAsync(HandleSignalInput input) => Next.HandleSignalAsync(input);

    /// <summary>Runs a query handler.</summary>
    public virtual object? HandleQuery(HandleQueryInput input) => Next.HandleQuery(input);

    /// <summary>Runs the validator of an update.</summary>
    public virtual void ValidateUpdate(HandleUpdateInput input) => Next.ValidateUpdate(input);

    /// <summary>Runs an update handler.</summary>
    public virtual Task<object?> HandleUpdateAsync(HandleUpdateInput input) => Next.HandleUpdateAsync(input);
}
