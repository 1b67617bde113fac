namespace Temporalio.Client.Interceptors;

/// <summary>
/// Intercepts calls of a client. A type that implements <see cref="Worker.Interceptors.IWorkerInterceptor" /> too
/// intercepts the workers of that client.
/// </summary>
public interface IClientInterceptor
{
    /// <summary>Wraps the client's calls.</summary>
    /// <param name="nextInterceptor">What the returned interceptor must call.</param>
    /// <returns>The interceptor to use.</returns>
    ClientOutboundInterceptor InterceptClient(ClientOutboundInterceptor nextInterceptor) => nextInterceptor;
}
