using Google.Protobuf.WellKnownTypes;
using ImageLibrary.Temporal.Server.Matching;
using ImageLibrary.Temporal.Server.Sharding;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <summary>
/// What happens to workflows: each operation is a function of the run's state, the request and the step's time. Everything here runs on
/// the shard's loop; the files beside this one hold one topic each.
/// </summary>
internal sealed partial class WorkflowEngine
{
    /// <summary>From here on a new run is suggested to the worker.</summary>
    private const int SuggestedEvents = 4096;
    private const long SuggestedBytes = 4L << 20;

    /// <summary>What a history may hold at most.</summary>
    private const int MaximumEvents = 51_200;
    private const long MaximumBytes = 50L << 20;

    /// <summary>With more events waiting for the end of a task, the task is failed.</summary>
    private const int MaximumBuffered = 100;

    private readonly Shard shard;
    private readonly Visibility.VisibilityStore visibility;

    public WorkflowEngine(TemporalEngine host)
    {
        shard = host.Shard;
        shard.RollBack = RollBack;
        visibility = host.Visibility;
        Runs = new RunDirectory(host.Store);
        WorkflowQueues = new TaskQueueSet<DispatchedWorkflowTask, WorkflowTaskReply>(StartDispatched, Stands, () => shard.Now);
        ActivityQueues = new TaskQueueSet<DispatchedActivityTask, PollActivityTaskQueueResponse>(StartActivity, Stands, () => shard.Now);
    }

    public RunDirectory Runs { get; }

    public TaskQueueSet<DispatchedWorkflowTask, WorkflowTaskReply> WorkflowQueues { get; }

    public TaskQueueSet<DispatchedActivityTask, PollActivityTaskQueueResponse> ActivityQueues { get; }

    /// <summary>
    /// Adds an event that comes from outside of the workflow's own commands: it waits in the buffer while a workflow task is in work,
    /// and otherwise is appended and a workflow task is scheduled.
    /// </summary>
    private void AddExternal(Transition step, WorkflowRun run, params ReadOnlySpan<HistoryEvent> events)
    {
        if (!run.IsOpen)
        {
            // What has just been done for the run has ended it; nothing follows its last event.
            return;
        }

        WriteTask(step, run);
        if (run.Task is { IsStarted: true })
        {
            foreach (var e in events)
            {
                e.EventTime ??= Timestamp.FromDateTimeOffset(step.Now);
                run.Buffer(e);
            }

            run.Touch(step);
            if (run.Buffered.Count > MaximumBuffered)
            {
                FailStartedTask(step, run, WorkflowTaskFailedCause.ForceCloseCommand, null, "history-service");
            }

            return;
        }

        foreach (var e in events)
        {
            run.Append(step, e);
        }

        EnforceHistoryLimit(step, run);
        ScheduleWorkflowTask(step, run);
    }

    /// <summary>A history that has become too long or too large ends its run.</summary>
    private void EnforceHistoryLimit(Transition step, WorkflowRun run)
    {
        if (run.IsOpen && (run.NextEventId - 1 > MaximumEvents || run.HistorySize > MaximumBytes))
        {
            var reason = run.HistorySize > MaximumBytes ? "Workflow history size exceeds limit." : "Workflow history count exceeds limit.";
            TerminateRun(step, run, reason, null, "history-service");
        }
    }

    /// <summary>Appends what waited in the buffer: ends of activities and children last, with their started events wired.</summary>
    private static bool FlushBuffer(Transition step, WorkflowRun run)
    {
        if (run.Buffered.Count == 0)
        {
            return false;
        }

        var started = new Dictionary<long, long>();
        var events = run.Buffered.Where(e => !IsResolution(e)).Concat(run.Buffered.Where(IsResolution)).ToList();
        run.Buffered.Clear();
        foreach (var e in events)
        {
            WireStarted(e, started);
            run.Append(step, e);
            if (e.EventType == EventType.ActivityTaskStarted)
            {
                started[e.ActivityTaskStartedEventAttributes.ScheduledEventId] = e.EventId;
            }
            else if (e.EventType == EventType.ChildWorkflowExecutionStarted)
            {
                started[e.ChildWorkflowExecutionStartedEventAttributes.InitiatedEventId] = e.EventId;
            }
        }

        return true;
    }

    private static bool IsResolution(HistoryEvent e) => e.EventType is EventType.ActivityTaskCompleted
        or EventType.ActivityTaskFailed or EventType.ActivityTaskTimedOut or EventType.ActivityTaskCanceled
        or EventType.ChildWorkflowExecutionCompleted or EventType.ChildWorkflowExecutionFailed or EventType.ChildWorkflowExecutionCanceled
        or EventType.ChildWorkflowExecutionTimedOut or EventType.ChildWorkflowExecutionTerminated;

    // An end refers to its start, which had no id as long as both waited in the buffer.
    private static void WireStarted(HistoryEvent e, Dictionary<long, long> started)
    {
        switch (e.AttributesCase)
        {
            case HistoryEvent.AttributesOneofCase.ActivityTaskCompletedEventAttributes when started.TryGetValue(e.ActivityTaskCompletedEventAttributes.ScheduledEventId, out var id):
                e.ActivityTaskCompletedEventAttributes.StartedEventId = id;
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskFailedEventAttributes when started.TryGetValue(e.ActivityTaskFailedEventAttributes.ScheduledEventId, out var id):
                e.ActivityTaskFailedEventAttributes.StartedEventId = id;
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskTimedOutEventAttributes when started.TryGetValue(e.ActivityTaskTimedOutEventAttributes.ScheduledEventId, out var id):
                e.ActivityTaskTimedOutEventAttributes.StartedEventId = id;
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskCanceledEventAttributes when started.TryGetValue(e.ActivityTaskCanceledEventAttributes.ScheduledEventId, out var id):
                e.ActivityTaskCanceledEventAttributes.StartedEventId = id;
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCompletedEventAttributes when started.TryGetValue(e.ChildWorkflowExecutionCompletedEventAttributes.InitiatedEventId, out var id):
                e.ChildWorkflowExecutionCompletedEventAttributes.StartedEventId = id;
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionFailedEventAttributes when started.TryGetValue(e.ChildWorkflowExecutionFailedEventAttributes.InitiatedEventId, out var id):
                e.ChildWorkflowExecutionFailedEventAttributes.StartedEventId = id;
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCanceledEventAttributes when started.TryGetValue(e.ChildWorkflowExecutionCanceledEventAttributes.InitiatedEventId, out var id):
                e.ChildWorkflowExecutionCanceledEventAttributes.StartedEventId = id;
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTimedOutEventAttributes when started.TryGetValue(e.ChildWorkflowExecutionTimedOutEventAttributes.InitiatedEventId, out var id):
                e.ChildWorkflowExecutionTimedOutEventAttributes.StartedEventId = id;
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTerminatedEventAttributes when started.TryGetValue(e.ChildWorkflowExecutionTerminatedEventAttributes.InitiatedEventId, out var id):
                e.ChildWorkflowExecutionTerminatedEventAttributes.StartedEventId = id;
                break;
        }
    }
}
