namespace Temporalio.Worker.Interceptors;

/// <summary>Intercepts the execution of an activity; every method goes on to the next interceptor unless it is overridden.</summary>
public abstract class ActivityInboundInterceptor
{
    private readonly ActivityInboundInterceptor? next;

    /// <summary>Creates an interceptor in front of another.</summary>
    /// <param name="next">The next interceptor.</param>
    protected ActivityInboundInterceptor(ActivityInboundInterceptor next) => this.next = next;

    private protected ActivityInboundInterceptor()
    {
    }

    /// <summary>The next interceptor.</summary>
    protected ActivityInboundInterceptor Next => next ?? throw new InvalidOperationException("No next interceptor");

    /// <summary>Called before the execution with what the activity's own calls go through.</summary>
    /// <param name="outbound">The interceptor of the activity's calls; pass another one on to wrap it.</param>
    public virtual void Init(ActivityOutboundInterceptor outbound) => Next.Init(outbound);

    /// <summary>Executes the activity.</summary>
    /// <param name="input">The activity, its arguments and headers.</param>
    /// <returns>The activity's result.</returns>
    public virtual Task<object?> ExecuteActivityAsync(ExecuteActivityInput input) => Next.ExecuteActivityAsync(input);
}
