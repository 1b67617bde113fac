namespace Temporalio.Worker.Interceptors;

/// <summary>Intercepts what a worker runs.</summary>
public partial interface IWorkerInterceptor
{
    /// <summary>Wraps the execution of activities.</summary>
    /// <param name="nextInterceptor">What the returned interceptor must call.</param>
    /// <returns>The interceptor to use.</returns>
    ActivityInboundInterceptor InterceptActivity(ActivityInboundInterceptor nextInterceptor) => nextInterceptor;
}
