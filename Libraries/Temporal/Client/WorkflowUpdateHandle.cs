using Temporalio.Api.Enums.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client;

/// <summary>An update of a workflow.</summary>
/// <param name="Client">The client.</param>
/// <param name="Id">Id of the update.</param>
/// <param name="WorkflowId">The workflow.</param>
/// <param name="WorkflowRunId">Its run, null when not known.</param>
public record WorkflowUpdateHandle(ITemporalClient Client, string Id, string WorkflowId, string? WorkflowRunId = null)
{
    /// <summary>How the update ended, null while that is not known.</summary>
    internal Outcome? KnownOutcome { get; set; }

    /// <summary>Waits for the update to end.</summary>
    /// <param name="rpcOptions">Options of each call.</param>
    /// <returns>Completes when it succeeded.</returns>
    /// <exception cref="WorkflowUpdateFailedException">It was rejected or failed.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The wait was given up.</exception>
    public Task GetResultAsync(RpcOptions? rpcOptions = null) => GetResultAsync<ValueTuple>(rpcOptions);

    /// <summary>Waits for the update's result.</summary>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="rpcOptions">Options of each call.</param>
    /// <returns>The result.</returns>
    /// <exception cref="WorkflowUpdateFailedException">It was rejected or failed.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The wait was given up.</exception>
    public virtual async Task<TResult> GetResultAsync<TResult>(RpcOptions? rpcOptions = null)
    {
        var outcome = await WaitForOutcomeAsync(rpcOptions).ConfigureAwait(false);
        var converter = Client.Options.DataConverter.WithSerializationContext(
            new ISerializationContext.Workflow(Client.Options.Namespace, WorkflowId));
        return outcome.Failure is { } failure
            ? throw new WorkflowUpdateFailedException(await converter.ToExceptionAsync(failure).ConfigureAwait(false))
            : await converter.ToResultAsync<TResult>(outcome.Success).ConfigureAwait(false);
    }

    /// <summary>Polls until the update has ended.</summary>
    internal async Task<Outcome> WaitForOutcomeAsync(RpcOptions? rpcOptions)
    {
        var request = new PollWorkflowExecutionUpdateRequest
        {
            Namespace = Client.Options.Namespace,
            UpdateRef = new() { WorkflowExecution = new() { WorkflowId = WorkflowId, RunId = WorkflowRunId ?? "" }, UpdateId = Id },
            Identity = Client.Connection.Options.Identity,
            WaitPolicy = new() { LifecycleStage = UpdateWorkflowExecutionLifecycleStage.Completed },
        };
        while (KnownOutcome == null)
        {
            try
            {
                // The server answers without an outcome when it has waited long enough.
                var response = await Client.WorkflowService.PollWorkflowExecutionUpdateAsync(
                    request, TemporalClient.DefaultRetryOptions(rpcOptions)).ConfigureAwait(false);
                KnownOutcome ??= response.Outcome;
            }
            catch (Exception e) when (IsGivenUp(e))
            {
                throw new WorkflowUpdateRpcTimeoutOrCanceledException(e);
            }
        }
        return KnownOutcome;
    }

    /// <summary>Whether a call ended because the caller's time or patience ran out.</summary>
    internal static bool IsGivenUp(Exception exception) => exception is OperationCanceledException
        or RpcException { Code: RpcException.StatusCode.DeadlineExceeded or RpcException.StatusCode.Cancelled };
}
