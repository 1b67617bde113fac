using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace Temporalio.Client;

/// <content>Result and history.</content>
public partial record WorkflowHandle
{
    /// <summary>Waits for the workflow to end.</summary>
    /// <param name="followRuns">Whether to wait for the runs that follow this one.</param>
    /// <param name="rpcOptions">Options of each call; a timeout holds for a single poll.</param>
    /// <returns>Completes when it succeeded.</returns>
    /// <exception cref="WorkflowFailedException">It did not succeed.</exception>
    /// <exception cref="WorkflowContinuedAsNewException">It went on as a new run, and runs are not followed.</exception>
    public Task GetResultAsync(bool followRuns = true, RpcOptions? rpcOptions = null) => GetResultAsync<ValueTuple>(followRuns, rpcOptions);

    /// <summary>Waits for the workflow's result.</summary>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="followRuns">Whether to wait for the runs that follow this one.</param>
    /// <param name="rpcOptions">Options of each call; a timeout holds for a single poll.</param>
    /// <returns>The result.</returns>
    /// <exception cref="WorkflowFailedException">It did not succeed.</exception>
    /// <exception cref="WorkflowContinuedAsNewException">It went on as a new run, and runs are not followed.</exception>
    public virtual async Task<TResult> GetResultAsync<TResult>(bool followRuns = true, RpcOptions? rpcOptions = null)
    {
        for (var runId = ResultRunId; ;)
        {
            var page = await Client.OutboundInterceptor.FetchWorkflowHistoryEventPageAsync(new(
                Id, runId, 0, null, true, HistoryEventFilterType.CloseEvent, true, rpcOptions)).ConfigureAwait(false);
            var close = new WorkflowClose(page.Events.LastOrDefault() ?? throw new InvalidOperationException("The history has no last event"));
            if (followRuns && close.NextRunId is { } next)
            {
                runId = next;
                continue;
            }
            if (close.IsSuccess)
            {
                return await close.ReadResultAsync<TResult>(DataConverter).ConfigureAwait(false);
            }
            throw await close.ToExceptionAsync(DataConverter).ConfigureAwait(false);
        }
    }

    /// <summary>Fetches the history.</summary>
    /// <param name="options">Options of fetching it.</param>
    /// <returns>The history.</returns>
    public virtual async Task<WorkflowHistory> FetchHistoryAsync(WorkflowHistoryEventFetchOptions? options = null)
    {
        var events = new List<HistoryEvent>();
        await foreach (var item in FetchHistoryEventsAsync(options).ConfigureAwait(false))
        {
            events.Add(item);
        }
        return new(Id, events);
    }

    /// <summary>Fetches the history's events, page by page as they are read.</summary>
    /// <param name="options">Options of fetching them.</param>
    /// <returns>The events.</returns>
    public virtual IAsyncEnumerable<HistoryEvent> FetchHistoryEventsAsync(WorkflowHistoryEventFetchOptions? options = null) =>
        FetchHistoryEventsAsync(options ?? new(), default);

    private async IAsyncEnumerable<HistoryEvent> FetchHistoryEventsAsync(
        WorkflowHistoryEventFetchOptions options, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (rpc, linked) = TemporalClient.DefaultRetryOptions(options.Rpc).WithAdditionalCancellationToken(cancellationToken);
        using (linked)
        {
            for (byte[]? token = null; ;)
            {
                var page = await Client.OutboundInterceptor.FetchWorkflowHistoryEventPageAsync(new(
                    Id, RunId, 0, token, options.WaitNewEvent, options.EventFilterType, options.SkipArchival, rpc)).ConfigureAwait(false);
                foreach (var item in page.Events)
                {
                    yield return item;
                }
                token = page.NextPageToken;
                if (token == null)
                {
                    yield break;
                }
            }
        }
    }
}
