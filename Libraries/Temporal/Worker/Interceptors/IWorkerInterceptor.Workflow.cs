namespace Temporalio.Worker.Interceptors;

/// <content>Workflows.</content>
public partial interface IWorkerInterceptor
{
    /// <summary>Wraps what comes into a workflow; called for each instance.</summary>
    /// <param name="nextInterceptor">The next interceptor.</param>
    /// <returns>The interceptor to use.</returns>
    WorkflowInboundInterceptor InterceptWorkflow(WorkflowInboundInterceptor nextInterceptor) => nextInterceptor;
}
