namespace Temporalio.Worker.Interceptors;

/// <summary>Intercepts what an activity calls.</summary>
public abstract class ActivityOutboundInterceptor
{
    private readonly ActivityOutboundInterceptor? next;

    /// <summary>Creates an interceptor in front of another.</summary>
    /// <param name="next">The next interceptor.</param>
    protected ActivityOutboundInterceptor(ActivityOutboundInterceptor next) => this.next = next;

    private protected ActivityOutboundInterceptor()
    {
    }

    /// <summary>The next interceptor.</summary>
    protected ActivityOutboundInterceptor Next => next ?? throw new InvalidOperationException("No next interceptor");

    /// <summary>Records a heartbeat.</summary>
    /// <param name="input">What it carries.</param>
    public virtual void Heartbeat(HeartbeatInput input) => Next.Heartbeat(input);
}
