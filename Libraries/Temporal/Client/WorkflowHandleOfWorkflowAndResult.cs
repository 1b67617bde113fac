namespace Temporalio.Client;

/// <summary>A workflow whose type and result are known.</summary>
/// <typeparam name="TWorkflow">The workflow's type.</typeparam>
/// <typeparam name="TResult">The result's type.</typeparam>
/// <param name="Client">The client.</param>
/// <param name="Id">The workflow's id.</param>
/// <param name="RunId">The run that calls go to, null for the current one.</param>
/// <param name="ResultRunId">The run whose result is waited for, null for the current one.</param>
/// <param name="FirstExecutionRunId">First run of the chain that cancellation and termination insist on.</param>
public record WorkflowHandle<TWorkflow, TResult>(
    ITemporalClient Client, string Id, string? RunId = null, string? ResultRunId = null, string? FirstExecutionRunId = null)
    : WorkflowHandle<TWorkflow>(Client, Id, RunId, ResultRunId, FirstExecutionRunId)
{
    /// <summary>Waits for the workflow's result.</summary>
    /// <param name="followRuns">Whether to wait for the runs that follow this one.</param>
    /// <param name="rpcOptions">Options of each call; a timeout holds for a single poll.</param>
    /// <returns>The result.</returns>
    public new Task<TResult> GetResultAsync(bool followRuns = true, RpcOptions? rpcOptions = null) => GetResultAsync<TResult>(followRuns, rpcOptions);
}
