using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <content>The fold: what each event does to the state. Live transitions and recovery both go through here.</content>
internal sealed partial class WorkflowRun
{
    private readonly Dictionary<string, long> activityIds = [];

    public void Fold(HistoryEvent e)
    {
        NextEventId = e.EventId + 1;
        switch (e.AttributesCase)
        {
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionStartedEventAttributes:
                FoldStart(e);
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowTaskScheduledEventAttributes:
                FoldTaskScheduled(e, e.WorkflowTaskScheduledEventAttributes);
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowTaskStartedEventAttributes:
                FoldTaskStarted(e, e.WorkflowTaskStartedEventAttributes);
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowTaskCompletedEventAttributes:
                PreviousStartedEventId = e.WorkflowTaskCompletedEventAttributes.StartedEventId;
                NextTaskAttempt = 1;
                Task = null;
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowTaskFailedEventAttributes:
            case HistoryEvent.AttributesOneofCase.WorkflowTaskTimedOutEventAttributes:
                Task = null;
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskScheduledEventAttributes:
                var scheduled = new ActivityState(e.EventId, e.EventTime.ToDateTimeOffset(), e.ActivityTaskScheduledEventAttributes);
                Activities.Add(e.EventId, scheduled);
                activityIds[scheduled.Id] = e.EventId;
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskStartedEventAttributes:
                Activities[e.ActivityTaskStartedEventAttributes.ScheduledEventId].StartedEventId = e.EventId;
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskCompletedEventAttributes:
                RemoveActivity(e.ActivityTaskCompletedEventAttributes.ScheduledEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskFailedEventAttributes:
                RemoveActivity(e.ActivityTaskFailedEventAttributes.ScheduledEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskTimedOutEventAttributes:
                RemoveActivity(e.ActivityTaskTimedOutEventAttributes.ScheduledEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskCanceledEventAttributes:
                RemoveActivity(e.ActivityTaskCanceledEventAttributes.ScheduledEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskCancelRequestedEventAttributes:
                if (Activities.TryGetValue(e.ActivityTaskCancelRequestedEventAttributes.ScheduledEventId, out var canceled))
                {
                    canceled.CancelRequestedEventId = e.EventId;
                }

                break;
            case HistoryEvent.AttributesOneofCase.TimerStartedEventAttributes:
                var timer = e.TimerStartedEventAttributes;
                Timers.Add(timer.TimerId, new TimerState(timer.TimerId, e.EventId, e.EventTime.ToDateTimeOffset() + timer.StartToFireTimeout.ToTimeSpan()));
                break;
            case HistoryEvent.AttributesOneofCase.TimerFiredEventAttributes:
                Timers.Remove(e.TimerFiredEventAttributes.TimerId);
                break;
            case HistoryEvent.AttributesOneofCase.TimerCanceledEventAttributes:
                Timers.Remove(e.TimerCanceledEventAttributes.TimerId);
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionSignaledEventAttributes:
                SignalCount++;
                if (e.WorkflowExecutionSignaledEventAttributes.RequestId is { Length: > 0 } requestId)
                {
                    SignalRequestIds.Add(requestId);
                }

                break;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionCancelRequestedEventAttributes:
                CancelRequested = true;
                break;
            case HistoryEvent.AttributesOneofCase.UpsertWorkflowSearchAttributesEventAttributes:
                foreach (var (name, value) in e.UpsertWorkflowSearchAttributesEventAttributes.SearchAttributes.IndexedFields)
                {
                    SetField(SearchAttributes.IndexedFields, name, value);
                }

                break;
            case HistoryEvent.AttributesOneofCase.WorkflowPropertiesModifiedEventAttributes:
                foreach (var (name, value) in e.WorkflowPropertiesModifiedEventAttributes.UpsertedMemo?.Fields ?? [])
                {
                    SetField(Memo.Fields, name, value);
                }

                break;
            default:
                if (!FoldChild(e) && !FoldUpdate(e))
                {
                    FoldClose(e);
                }

                break;
        }
    }

    private static void SetField(Google.Protobuf.Collections.MapField<string, Temporalio.Api.Common.V1.Payload> fields, string name, Temporalio.Api.Common.V1.Payload value)
    {
        // A null value removes the field; so does the empty list, which is how SDKs unset a search attribute.
        var encoding = value.Metadata.TryGetValue("encoding", out var bytes) ? bytes.ToStringUtf8() : string.Empty;
        if (encoding == "binary/null" || (encoding == "json/plain" && value.Data.ToStringUtf8() is "null" or "[]"))
        {
            fields.Remove(name);
        }
        else
        {
            fields[name] = value;
        }
    }

    private void FoldStart(HistoryEvent e)
    {
        Start = e.WorkflowExecutionStartedEventAttributes;
        UserMetadata = e.UserMetadata;
        StartTime = e.EventTime.ToDateTimeOffset();
        if (Start.Memo is not null)
        {
            Memo.MergeFrom(Start.Memo);
        }

        if (Start.SearchAttributes is not null)
        {
            SearchAttributes.MergeFrom(Start.SearchAttributes);
        }
    }

    private void FoldTaskScheduled(HistoryEvent e, WorkflowTaskScheduledEventAttributes scheduled)
    {
        InBackoff = false;
        var time = e.EventTime.ToDateTimeOffset();
        Task = new WorkflowTaskState
        {
            ScheduledEventId = e.EventId,
            Attempt = scheduled.Attempt,
            ScheduledTime = time,
            OriginalScheduledTime = time,
            StartToClose = scheduled.StartToCloseTimeout.ToTimeSpan(),
            Queue = scheduled.TaskQueue.Name,
            OnSticky = scheduled.TaskQueue.Kind == TaskQueueKind.Sticky,
        };
    }

    private void FoldTaskStarted(HistoryEvent e, WorkflowTaskStartedEventAttributes started)
    {
        if (Task is { } task)
        {
            task.StartedEventId = e.EventId;
            task.StartedTime = e.EventTime.ToDateTimeOffset();
            task.Identity = started.Identity;
            task.RequestId = started.RequestId;
            task.HistorySizeAtStart = started.HistorySizeBytes;
            task.SuggestContinueAsNew = started.SuggestContinueAsNew;
        }
    }

    private void RemoveActivity(long scheduledEventId)
    {
        if (Activities.Remove(scheduledEventId, out var activity))
        {
            activityIds.Remove(activity.Id);
        }
    }

    private bool FoldChild(HistoryEvent e)
    {
        switch (e.AttributesCase)
        {
            case HistoryEvent.AttributesOneofCase.StartChildWorkflowExecutionInitiatedEventAttributes:
                Children.Add(e.EventId, new ChildState(e.EventId, e.StartChildWorkflowExecutionInitiatedEventAttributes));
                return true;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionStartedEventAttributes:
                if (Children.TryGetValue(e.ChildWorkflowExecutionStartedEventAttributes.InitiatedEventId, out var child))
                {
                    child.StartedEventId = e.EventId;
                    child.RunId = e.ChildWorkflowExecutionStartedEventAttributes.WorkflowExecution.RunId;
                }

                return true;
            case HistoryEvent.AttributesOneofCase.StartChildWorkflowExecutionFailedEventAttributes:
                return RemoveChild(e.StartChildWorkflowExecutionFailedEventAttributes.InitiatedEventId);
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCompletedEventAttributes:
                return RemoveChild(e.ChildWorkflowExecutionCompletedEventAttributes.InitiatedEventId);
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionFailedEventAttributes:
                return RemoveChild(e.ChildWorkflowExecutionFailedEventAttributes.InitiatedEventId);
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCanceledEventAttributes:
                return RemoveChild(e.ChildWorkflowExecutionCanceledEventAttributes.InitiatedEventId);
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTimedOutEventAttributes:
                return RemoveChild(e.ChildWorkflowExecutionTimedOutEventAttributes.InitiatedEventId);
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTerminatedEventAttributes:
                return RemoveChild(e.ChildWorkflowExecutionTerminatedEventAttributes.InitiatedEventId);
            default:
                return false;
        }
    }

    private bool RemoveChild(long initiatedEventId)
    {
        Children.Remove(initiatedEventId);
        return true;
    }

    private bool FoldUpdate(HistoryEvent e)
    {
        switch (e.AttributesCase)
        {
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionUpdateAdmittedEventAttributes:
                var admitted = e.WorkflowExecutionUpdateAdmittedEventAttributes.Request;
                Updates.TryAdd(admitted.Meta.UpdateId, new UpdateState(admitted));
                return true;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionUpdateAcceptedEventAttributes:
                var accepted = e.WorkflowExecutionUpdateAcceptedEventAttributes;
                if (!Updates.TryGetValue(accepted.ProtocolInstanceId, out var update))
                {
                    update = new UpdateState(accepted.AcceptedRequest ?? new() { Meta = new() { UpdateId = accepted.ProtocolInstanceId } });
                    Updates.Add(accepted.ProtocolInstanceId, update);
                }

                update.Stage = UpdateStage.Accepted;
                update.AcceptedEventId = e.EventId;
                return true;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionUpdateCompletedEventAttributes:
                var completed = e.WorkflowExecutionUpdateCompletedEventAttributes;
                if (Updates.TryGetValue(completed.Meta.UpdateId, out var done))
                {
                    done.Stage = UpdateStage.Completed;
                    done.Outcome = completed.Outcome;
                }

                return true;
            default:
                return false;
        }
    }

    private void FoldClose(HistoryEvent e)
    {
        var status = e.EventType switch
        {
            EventType.WorkflowExecutionCompleted => WorkflowExecutionStatus.Completed,
            EventType.WorkflowExecutionFailed => WorkflowExecutionStatus.Failed,
            EventType.WorkflowExecutionCanceled => WorkflowExecutionStatus.Canceled,
            EventType.WorkflowExecutionTerminated => WorkflowExecutionStatus.Terminated,
            EventType.WorkflowExecutionTimedOut => WorkflowExecutionStatus.TimedOut,
            EventType.WorkflowExecutionContinuedAsNew => WorkflowExecutionStatus.ContinuedAsNew,
            _ => WorkflowExecutionStatus.Running,
        };
        if (status != WorkflowExecutionStatus.Running)
        {
            Status = status;
            CloseTime = e.EventTime.ToDateTimeOffset();
            Task = null;
        }
    }
}
