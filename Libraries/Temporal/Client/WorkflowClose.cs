using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client;

/// <summary>The last event of a run, which says how it ended.</summary>
/// <param name="close">The event.</param>
internal sealed class WorkflowClose(HistoryEvent close)
{
    /// <summary>The run that follows: a retry, the next of a cron schedule, or the one that it continued as.</summary>
    public string? NextRunId
    {
        get
        {
            var id = close.EventType switch
            {
                EventType.WorkflowExecutionCompleted => close.WorkflowExecutionCompletedEventAttributes.NewExecutionRunId,
                EventType.WorkflowExecutionFailed => close.WorkflowExecutionFailedEventAttributes.NewExecutionRunId,
                EventType.WorkflowExecutionTimedOut => close.WorkflowExecutionTimedOutEventAttributes.NewExecutionRunId,
                EventType.WorkflowExecutionContinuedAsNew => close.WorkflowExecutionContinuedAsNewEventAttributes.NewExecutionRunId,
                _ => "",
            };
            return id.Length == 0 ? null : id;
        }
    }

    public bool IsSuccess => close.EventType == EventType.WorkflowExecutionCompleted;

    public ValueTask<TResult> ReadResultAsync<TResult>(DataConverter converter) =>
        converter.ToResultAsync<TResult>(close.WorkflowExecutionCompletedEventAttributes.Result);

    public async Task<Exception> ToExceptionAsync(DataConverter converter)
    {
        switch (close.EventType)
        {
            case EventType.WorkflowExecutionContinuedAsNew:
                return new WorkflowContinuedAsNewException(close.WorkflowExecutionContinuedAsNewEventAttributes.NewExecutionRunId);
            case EventType.WorkflowExecutionFailed:
                return await FailedAsync(converter, close.WorkflowExecutionFailedEventAttributes.Failure).ConfigureAwait(false);
            case EventType.WorkflowExecutionCanceled:
                var details = close.WorkflowExecutionCanceledEventAttributes.Details;
                return await FailedAsync(converter, new() { Message = "Workflow canceled", CanceledFailureInfo = new() { Details = details } })
                    .ConfigureAwait(false);
            case EventType.WorkflowExecutionTimedOut:
                return await FailedAsync(converter, new() { Message = "Workflow timed out", TimeoutFailureInfo = new() { TimeoutType = TimeoutType.StartToClose } })
                    .ConfigureAwait(false);
            case EventType.WorkflowExecutionTerminated:
                return new WorkflowFailedException(await TerminatedAsync(converter).ConfigureAwait(false));
            default:
                return new InvalidOperationException($"{close.EventType} does not end a workflow");
        }
    }

    private static async Task<WorkflowFailedException> FailedAsync(DataConverter converter, Failure failure) =>
        new(await converter.ToExceptionAsync(failure).ConfigureAwait(false));

    private async Task<TerminatedFailureException> TerminatedAsync(DataConverter converter)
    {
        var attributes = close.WorkflowExecutionTerminatedEventAttributes;
        var details = attributes.Details is { Payloads_.Count: > 0 } payloads
            ? new InboundFailureDetails(converter.PayloadConverter, await converter.DecodeAsync(payloads.Payloads_).ConfigureAwait(false))
            : null;
        var message = attributes.Reason.Length == 0 ? "Workflow terminated" : attributes.Reason;
        return new(new Failure { Message = message, TerminatedFailureInfo = new() }, null, details);
    }
}
