using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.WorkflowRuntime;

/// <summary>How history events divide: those that commands made, those that end a run, those without meaning for the
/// workflow, and those that belong to an earlier event.</summary>
internal static class WorkflowEvents
{
    /// <summary>Whether the event was made by a command of a workflow task.</summary>
    public static bool IsCommandEvent(HistoryEvent historyEvent) => historyEvent.EventType is
        EventType.ActivityTaskScheduled or EventType.ActivityTaskCancelRequested
        or EventType.TimerStarted or EventType.TimerCanceled
        or EventType.MarkerRecorded
        or EventType.StartChildWorkflowExecutionInitiated
        or EventType.SignalExternalWorkflowExecutionInitiated
        or EventType.RequestCancelExternalWorkflowExecutionInitiated
        or EventType.UpsertWorkflowSearchAttributes or EventType.WorkflowPropertiesModified
        or EventType.WorkflowExecutionUpdateAccepted or EventType.WorkflowExecutionUpdateCompleted
        or EventType.NexusOperationScheduled or EventType.NexusOperationCancelRequested
        or EventType.WorkflowExecutionCompleted or EventType.WorkflowExecutionFailed
        or EventType.WorkflowExecutionCanceled or EventType.WorkflowExecutionContinuedAsNew;

    /// <summary>Whether the event ends the run.</summary>
    public static bool IsFinal(HistoryEvent historyEvent) => historyEvent.EventType is
        EventType.WorkflowExecutionCompleted or EventType.WorkflowExecutionFailed
        or EventType.WorkflowExecutionTimedOut or EventType.WorkflowExecutionCanceled
        or EventType.WorkflowExecutionTerminated or EventType.WorkflowExecutionContinuedAsNew;

    /// <summary>Whether the event tells the workflow nothing.</summary>
    public static bool IsIrrelevant(HistoryEvent historyEvent) =>
        historyEvent.WorkerMayIgnore || historyEvent.EventType is
        EventType.WorkflowTaskScheduled or EventType.WorkflowTaskStarted
        or EventType.WorkflowTaskCompleted or EventType.WorkflowTaskTimedOut
        or EventType.WorkflowExecutionTerminated or EventType.WorkflowExecutionTimedOut
        or EventType.WorkflowExecutionUpdateAdmitted
        or EventType.WorkflowPropertiesModifiedExternally or EventType.ActivityPropertiesModifiedExternally
        or EventType.WorkflowExecutionOptionsUpdated
        or EventType.WorkflowExecutionPaused or EventType.WorkflowExecutionUnpaused;

    /// <summary>Whether the event ends a workflow task without completing it.</summary>
    public static bool EndsTaskWithoutCompletion(HistoryEvent historyEvent) => historyEvent.EventType is
        EventType.WorkflowTaskFailed or EventType.WorkflowTaskTimedOut
        or EventType.WorkflowExecutionTimedOut or EventType.WorkflowExecutionTerminated
        or EventType.WorkflowExecutionCanceled;

    /// <summary>The event that a command made and that this event answers; null if there is none.</summary>
    public static long? OriginatingEventId(HistoryEvent e) => e.AttributesCase switch
    {
        HistoryEvent.AttributesOneofCase.ActivityTaskStartedEventAttributes =>
            e.ActivityTaskStartedEventAttributes.ScheduledEventId,
        HistoryEvent.AttributesOneofCase.ActivityTaskCompletedEventAttributes =>
            e.ActivityTaskCompletedEventAttributes.ScheduledEventId,
        HistoryEvent.AttributesOneofCase.ActivityTaskFailedEventAttributes =>
            e.ActivityTaskFailedEventAttributes.ScheduledEventId,
        HistoryEvent.AttributesOneofCase.ActivityTaskTimedOutEventAttributes =>
            e.ActivityTaskTimedOutEventAttributes.ScheduledEventId,
        HistoryEvent.AttributesOneofCase.ActivityTaskCanceledEventAttributes =>
            e.ActivityTaskCanceledEventAttributes.ScheduledEventId,
        HistoryEvent.AttributesOneofCase.TimerFiredEventAttributes => e.TimerFiredEventAttributes.StartedEventId,
        HistoryEvent.AttributesOneofCase.StartChildWorkflowExecutionFailedEventAttributes =>
            e.StartChildWorkflowExecutionFailedEventAttributes.InitiatedEventId,
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionStartedEventAttributes =>
            e.ChildWorkflowExecutionStartedEventAttributes.InitiatedEventId,
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCompletedEventAttributes =>
            e.ChildWorkflowExecutionCompletedEventAttributes.InitiatedEventId,
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionFailedEventAttributes =>
            e.ChildWorkflowExecutionFailedEventAttributes.InitiatedEventId,
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTimedOutEventAttributes =>
            e.ChildWorkflowExecutionTimedOutEventAttributes.InitiatedEventId,
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCanceledEventAttributes =>
            e.ChildWorkflowExecutionCanceledEventAttributes.InitiatedEventId,
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTerminatedEventAttributes =>
            e.ChildWorkflowExecutionTerminatedEventAttributes.InitiatedEventId,
        HistoryEvent.AttributesOneofCase.ExternalWorkflowExecutionSignaledEventAttributes =>
            e.ExternalWorkflowExecutionSignaledEventAttributes.InitiatedEventId,
        HistoryEvent.AttributesOneofCase.SignalExternalWorkflowExecutionFailedEventAttributes =>
            e.SignalExternalWorkflowExecutionFailedEventAttributes.InitiatedEventId,
        HistoryEvent.AttributesOneofCase.ExternalWorkflowExecutionCancelRequestedEventAttributes =>
            e.ExternalWorkflowExecutionCancelRequestedEventAttributes.InitiatedEventId,
        HistoryEvent.AttributesOneofCase.RequestCancelExternalWorkflowExecutionFailedEventAttributes =>
            e.RequestCancelExternalWorkflowExecutionFailedEventAttributes.InitiatedEventId,
        _ => null,
    };
}
