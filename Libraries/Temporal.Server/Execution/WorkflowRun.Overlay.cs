using Google.Protobuf;
using ImageLibrary.Temporal.Server.Wire;
using Temporalio.Api.History.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <content>What events do not carry: stored beside them, and put back at recovery.</content>
internal sealed partial class WorkflowRun
{
    /// <summary>Puts back what events do not carry, after all of them were folded.</summary>
    public void Restore(RunOverlay overlay, long historySize)
    {
        HistorySize = historySize;
        Tail.CommittedEventId = NextEventId - 1;
        StateTransitions = overlay.StateTransitions;
        StartRequestIds.AddRange(overlay.StartRequestIds);
        if (!IsOpen)
        {
            foreach (var update in Updates.Values.Where(update => update.Stage == UpdateStage.Accepted))
            {
                update.EndWithItsWorkflow();
            }

            return;
        }

        Task = overlay.Task;
        NextTaskAttempt = overlay.NextTaskAttempt;
        StickyQueue = overlay.StickyQueue;
        StickyScheduleToStart = overlay.StickyScheduleToStart;
        InBackoff = overlay.InBackoff;
        if (overlay.Buffered is not null)
        {
            foreach (var buffered in History.Parser.ParseFrom(overlay.Buffered).Events)
            {
                Buffer(buffered);
            }
        }

        foreach (var stored in overlay.Activities)
        {
            if (Activities.TryGetValue(stored.ScheduledEventId, out var activity))
            {
                stored.Apply(activity);
            }
        }
    }

    /// <summary>
    /// Makes this object inert, because it is ahead of the disk: nothing that refers to it happens any more, and callers that wait try
    /// again with the object that takes its place.
    /// </summary>
    public void Discard()
    {
        discarded = true;
        Task = null;
        var tryAgain = RpcException.Unavailable("The workflow's state was read again; try again.");
        Queries.ForEach(query => query.Refuse(tryAgain));
        Queries.Clear();
        foreach (var update in Updates.Values)
        {
            update.Refuse(tryAgain);
        }

        NotifyHistoryWaiters();
    }

    /// <summary>Keeps an event until the started workflow task ends. What it resolves counts as resolved from now on.</summary>
    public void Buffer(HistoryEvent e)
    {
        Buffered.Add(e);
        if (ResolvedActivity(e) is { } scheduled && Activities.TryGetValue(scheduled, out var activity))
        {
            activity.IsResolved = true;
        }
    }

    private static long? ResolvedActivity(HistoryEvent e) => e.AttributesCase switch
    {
        HistoryEvent.AttributesOneofCase.ActivityTaskCompletedEventAttributes => e.ActivityTaskCompletedEventAttributes.ScheduledEventId,
        HistoryEvent.AttributesOneofCase.ActivityTaskFailedEventAttributes => e.ActivityTaskFailedEventAttributes.ScheduledEventId,
        HistoryEvent.AttributesOneofCase.ActivityTaskTimedOutEventAttributes => e.ActivityTaskTimedOutEventAttributes.ScheduledEventId,
        HistoryEvent.AttributesOneofCase.ActivityTaskCanceledEventAttributes => e.ActivityTaskCanceledEventAttributes.ScheduledEventId,
        _ => null,
    };

    private byte[] WriteOverlay()
    {
        var overlay = new RunOverlay
        {
            StateTransitions = StateTransitions,
            StartRequestIds = StartRequestIds,
        };
        if (IsOpen)
        {
            // After a restart nobody waits for its updates any more.
            overlay.Task = Task is { Kind: WorkflowTaskKind.Speculative } ? null : Task;
            overlay.NextTaskAttempt = NextTaskAttempt;
            overlay.StickyQueue = StickyQueue;
            overlay.StickyScheduleToStart = StickyScheduleToStart;
            overlay.InBackoff = InBackoff;
            overlay.Buffered = Buffered.Count == 0 ? null : new History { Events = { Buffered } }.ToByteArray();
            overlay.Activities = [.. Activities.Values.Where(activity => activity.HasOverlay).Select(RunOverlay.ActivityOverlay.Of)];
        }

        return overlay.Serialize();
    }
}
