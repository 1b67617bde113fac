using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Attributes = Temporalio.Api.History.V1.HistoryEvent.AttributesOneofCase;

namespace ImageLibrary.Tests.Temporal.Server.Support;

/// <summary>What holds of every history, whatever happened to its run.</summary>
internal static class HistoryInvariants
{
    private static readonly EventType[] Closing =
    [
        EventType.WorkflowExecutionCompleted, EventType.WorkflowExecutionFailed, EventType.WorkflowExecutionCanceled,
        EventType.WorkflowExecutionTerminated, EventType.WorkflowExecutionTimedOut, EventType.WorkflowExecutionContinuedAsNew,
    ];

    public static bool Closes(HistoryEvent e) => Closing.Contains(e.EventType);

    public static void Check(IReadOnlyList<HistoryEvent> events, bool isOpen)
    {
        Assert.Equal(Enumerable.Range(1, events.Count).Select(id => (long)id), events.Select(e => e.EventId));
        Assert.Equal(EventType.WorkflowExecutionStarted, events[0].EventType);
        Assert.Equal(isOpen ? 0 : 1, events.Count(Closes));
        Assert.Equal(!isOpen, Closes(events[^1]));
        CheckWorkflowTasks(events);
        CheckEnds(events, Attributes.ActivityTaskScheduledEventAttributes, ActivityEnd);
        CheckEnds(events, Attributes.TimerStartedEventAttributes, TimerEnd);
        CheckEnds(events, Attributes.StartChildWorkflowExecutionInitiatedEventAttributes, ChildEnd);
        CheckActivityStarts(events);
        var requests = events.Select(e => e.WorkflowExecutionSignaledEventAttributes?.RequestId).OfType<string>().ToList();
        Assert.Equal(requests.Distinct(), requests);
        Assert.True(events.Count(e => e.EventType == EventType.WorkflowExecutionCancelRequested) <= 1, "cancellation is requested once");
    }

    // One task at a time: scheduled, started, ended; while one is started nothing else is written.
    private static void CheckWorkflowTasks(IReadOnlyList<HistoryEvent> events)
    {
        HistoryEvent? scheduled = null, started = null;
        foreach (var e in events)
        {
            switch (e.AttributesCase)
            {
                case Attributes.WorkflowTaskScheduledEventAttributes:
                    Assert.Null(scheduled);
                    scheduled = e;
                    break;
                case Attributes.WorkflowTaskStartedEventAttributes:
                    Assert.NotNull(scheduled);
                    Assert.Null(started);
                    Assert.Equal(scheduled.EventId, e.WorkflowTaskStartedEventAttributes.ScheduledEventId);
                    started = e;
                    break;
                case Attributes.WorkflowTaskCompletedEventAttributes:
                    Assert.Equal(scheduled?.EventId, e.WorkflowTaskCompletedEventAttributes.ScheduledEventId);
                    Assert.Equal(started?.EventId, e.WorkflowTaskCompletedEventAttributes.StartedEventId);
                    scheduled = started = null;
                    break;
                case Attributes.WorkflowTaskFailedEventAttributes:
                    Assert.Equal(started?.EventId, e.WorkflowTaskFailedEventAttributes.StartedEventId);
                    scheduled = started = null;
                    break;
                case Attributes.WorkflowTaskTimedOutEventAttributes:
                    Assert.Equal(scheduled?.EventId, e.WorkflowTaskTimedOutEventAttributes.ScheduledEventId);
                    scheduled = started = null;
                    break;
                default:
                    Assert.Null(started);
                    break;
            }
        }
    }

    private static void CheckEnds(IReadOnlyList<HistoryEvent> events, Attributes begins, Func<HistoryEvent, long?> endOf)
    {
        var begun = events.Where(e => e.AttributesCase == begins).Select(e => e.EventId).ToHashSet();
        foreach (var e in events)
        {
            if (endOf(e) is { } begin)
            {
                Assert.True(begun.Remove(begin), $"event {e.EventId} ends {begin}, which has not begun or has ended before");
            }
        }
    }

    private static long? ActivityEnd(HistoryEvent e) => e.ActivityTaskCompletedEventAttributes?.ScheduledEventId
        ?? e.ActivityTaskFailedEventAttributes?.ScheduledEventId
        ?? e.ActivityTaskTimedOutEventAttributes?.ScheduledEventId
        ?? e.ActivityTaskCanceledEventAttributes?.ScheduledEventId;

    private static long? TimerEnd(HistoryEvent e) => e.TimerFiredEventAttributes?.StartedEventId ?? e.TimerCanceledEventAttributes?.StartedEventId;

    private static long? ChildEnd(HistoryEvent e) => e.ChildWorkflowExecutionCompletedEventAttributes?.InitiatedEventId
        ?? e.ChildWorkflowExecutionFailedEventAttributes?.InitiatedEventId
        ?? e.ChildWorkflowExecutionTerminatedEventAttributes?.InitiatedEventId
        ?? e.ChildWorkflowExecutionCanceledEventAttributes?.InitiatedEventId
        ?? e.ChildWorkflowExecutionTimedOutEventAttributes?.InitiatedEventId
        ?? e.StartChildWorkflowExecutionFailedEventAttributes?.InitiatedEventId;

    // The start of an activity is written with its end, which refers to it.
    private static void CheckActivityStarts(IReadOnlyList<HistoryEvent> events)
    {
        foreach (var e in events.Where(e => e.EventType == EventType.ActivityTaskCompleted))
        {
            var started = events[(int)e.ActivityTaskCompletedEventAttributes.StartedEventId - 1];
            Assert.Equal(e.ActivityTaskCompletedEventAttributes.ScheduledEventId, started.ActivityTaskStartedEventAttributes?.ScheduledEventId);
        }
    }
}
