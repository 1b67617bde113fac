namespace Temporalio.Client.Interceptors;

/// <summary>Intercepts the calls of a client; every method goes on to the next interceptor unless it is overridden.</summary>
public abstract partial class ClientOutboundInterceptor
{
    private readonly ClientOutboundInterceptor? next;

    /// <summary>Creates an interceptor in front of another.</summary>
    /// <param name="next">The next interceptor.</param>
    protected ClientOutboundInterceptor(ClientOutboundInterceptor next) => this.next = next;

    private protected ClientOutboundInterceptor()
    {
    }

    /// <summary>The next interceptor.</summary>
    protected ClientOutboundInterceptor Next => next ?? throw new InvalidOperationException("No next interceptor");
}
