using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>The not yet applied history of one workflow task, cut into the sequences that earlier tasks saw. Pages are
/// fetched as they are needed.</summary>
/// <param name="first">The page that came with the task.</param>
/// <param name="fetch">Fetches the page of a token.</param>
internal sealed class HistoryBuffer(
    HistoryPage first, Func<ByteString, CancellationToken, Task<HistoryPage>> fetch)
{
    private const int NeedMore = -2;

    private readonly List<HistoryEvent> events = [.. first.Events];
    private ByteString nextPageToken = first.NextPageToken;

    /// <summary>Id of the first event that is left; null if none is.</summary>
    public long? FirstEventId => events.Count > 0 ? events[0].EventId : null;

    private bool IsComplete => nextPageToken.IsEmpty;

    /// <summary>Takes the next sequence, with the one after it in reach for <see cref="Peek"/>.</summary>
    /// <param name="afterEventId">The last applied event; earlier ones are dropped.</param>
    /// <param name="cancellationToken">Ends fetching.</param>
    /// <returns>Null when no event is left.</returns>
    public async Task<HistorySequence?> TakeAsync(long afterEventId, CancellationToken cancellationToken)
    {
        events.RemoveAll(historyEvent => historyEvent.EventId <= afterEventId);
        int end;
        while ((end = EndOfSequence(0)) == NeedMore || EndOfSequence(end + 1) == NeedMore)
        {
            var page = await fetch(nextPageToken, cancellationToken).ConfigureAwait(false);
            events.AddRange(page.Events.Where(historyEvent => historyEvent.EventId > afterEventId));
            nextPageToken = page.NextPageToken;
        }

        if (events.Count == 0)
        {
            return null;
        }

        var sequence = events.GetRange(0, end + 1);
        events.RemoveRange(0, end + 1);
        return new(sequence, events.Count == 0);
    }

    /// <summary>The sequence after the one taken last; empty at the end of history.</summary>
    public IReadOnlyList<HistoryEvent> Peek() =>
        events.Count == 0 ? [] : events.GetRange(0, EndOfSequence(0) + 1);

    /// <summary>Index of the last event of the sequence that begins at an index; the index of the last event of all if
    /// the history ends within it; <see cref="NeedMore"/> if that cannot be told without the next page.</summary>
    private int EndOfSequence(int start)
    {
        var sawCommand = false;
        var starts = new List<int>();
        for (var i = start; i < events.Count; i++)
        {
            var current = events[i];
            sawCommand |= WorkflowEvents.IsCommandEvent(current);
            if (WorkflowEvents.IsFinal(current))
            {
                return i;
            }

            if (current.EventType != EventType.WorkflowTaskStarted)
            {
                continue;
            }

            if (i + 1 == events.Count)
            {
                return IsComplete ? i : NeedMore;
            }

            if (WorkflowEvents.EndsTaskWithoutCompletion(events[i + 1]))
            {
                continue;
            }

            starts.Add(i);
            if (events[i + 1].EventType != EventType.WorkflowTaskCompleted)
            {
                return i;
            }

            if (i + 2 >= events.Count)
            {
                return IsComplete ? i : NeedMore;
            }

            // A task that completed without commands and was followed by another at once only kept itself alive.
            if (!sawCommand && events[i + 2].EventType == EventType.WorkflowTaskScheduled)
            {
                continue;
            }

            // An update belongs to the task that received it, which may be earlier than the one that wrote it down.
            if (events[i + 2].EventType == EventType.WorkflowExecutionUpdateAccepted)
            {
                var sequencedAt = events[i + 2].WorkflowExecutionUpdateAcceptedEventAttributes
                    .AcceptedRequestSequencingEventId;
                var receiver = starts.FindLastIndex(index => events[index].EventId < sequencedAt);
                return receiver < 0 ? i : starts[receiver];
            }

            return i;
        }

        return IsComplete ? events.Count - 1 : NeedMore;
    }
}
