namespace Temporalio.Client;

/// <summary>An update of a workflow with the type of its result.</summary>
/// <typeparam name="TResult">The result's type.</typeparam>
/// <param name="Client">The client.</param>
/// <param name="Id">Id of the update.</param>
/// <param name="WorkflowId">The workflow.</param>
/// <param name="WorkflowRunId">Its run, null when not known.</param>
public record WorkflowUpdateHandle<TResult>(ITemporalClient Client, string Id, string WorkflowId, string? WorkflowRunId = null)
    : WorkflowUpdateHandle(Client, Id, WorkflowId, WorkflowRunId)
{
    /// <summary>Waits for the update's result.</summary>
    /// <param name="rpcOptions">Options of each call.</param>
    /// <returns>The result.</returns>
    public new Task<TResult> GetResultAsync(RpcOptions? rpcOptions = null) => GetResultAsync<TResult>(rpcOptions);
}
