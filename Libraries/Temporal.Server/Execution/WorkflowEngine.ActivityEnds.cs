using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using ImageLibrary.Temporal.Server.Sharding;
using ImageLibrary.Temporal.Server.Wire;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <content>What workers report of activities, and how activities end.</content>
internal sealed partial class WorkflowEngine
{
    /// <summary>Finds the attempt of a token.</summary>
    /// <exception cref="RpcException">It is over (NOT_FOUND).</exception>
    public (WorkflowRun Run, ActivityState Activity) RequireActivity(ByteString taskToken)
    {
        var token = TaskToken.Parse(taskToken);
        return Runs.FindByKey(token.RunKey) is { } run && run.Activities.TryGetValue(token.ScheduledEventId, out var activity)
            && IsPending(run, activity) && Token(run, activity) == token
            ? (run, activity)
            : throw RpcException.NotFound("invalid activityID or activity already timed out or invoking workflow is completed");
    }

    /// <summary>Finds a started activity by its id.</summary>
    /// <exception cref="RpcException">It is not there or not started (NOT_FOUND).</exception>
    public (WorkflowRun Run, ActivityState Activity) RequireActivity(string namespaceName, string workflowId, string runId, string activityId)
    {
        Rpc.RequestCheck.WorkflowId(workflowId);
        Rpc.RequestCheck.RunId(runId);
        Rpc.RequestCheck.Name(activityId, "ActivityId");
        var run = Runs.Require(namespaceName, workflowId, runId);
        return run.FindActivity(activityId) is { StartedTime: not null } activity && IsPending(run, activity)
            ? (run, activity)
            : throw RpcException.NotFound($"cannot find pending activity with ActivityID {activityId}, please check workflow status before retry");
    }

    public void CompleteActivity(Transition step, (WorkflowRun Run, ActivityState Activity) found, Payloads? result, string identity)
    {
        var (run, activity) = found;
        AddExternal(step, run, StartedEvent(activity), new HistoryEvent
        {
            EventType = EventType.ActivityTaskCompleted,
            ActivityTaskCompletedEventAttributes = new ActivityTaskCompletedEventAttributes
            {
                Result = result,
                ScheduledEventId = activity.ScheduledEventId,
                StartedEventId = NextStartedId(step, run),
                Identity = identity,
            },
        });
    }

    public void FailActivity(Transition step, (WorkflowRun Run, ActivityState Activity) found, Failure? failure, Payloads? heartbeat, string identity)
    {
        var (run, activity) = found;
        if (heartbeat is not null)
        {
            activity.HeartbeatDetails = heartbeat;
        }

        var state = Retry(step, run, activity, failure ?? new Failure());
        if (state == RetryState.InProgress)
        {
            return;
        }

        AddExternal(step, run, StartedEvent(activity), new HistoryEvent
        {
            EventType = EventType.ActivityTaskFailed,
            ActivityTaskFailedEventAttributes = new ActivityTaskFailedEventAttributes
            {
                Failure = failure,
                ScheduledEventId = activity.ScheduledEventId,
                StartedEventId = NextStartedId(step, run),
                Identity = identity,
                RetryState = state,
            },
        });
    }

    public void CancelActivity(Transition step, (WorkflowRun Run, ActivityState Activity) found, Payloads? details, string identity)
    {
        var (run, activity) = found;
        if (activity.CancelRequestedEventId == 0)
        {
            throw RpcException.InvalidArgument("unable to set activity as canceled, because the workflow never requested to cancel it");
        }

        AddExternal(step, run, StartedEvent(activity), CanceledEvent(activity, details, NextStartedId(step, run), identity));
    }

    /// <summary>Notes that an attempt lives; answers whether the workflow wants it to end.</summary>
    public static bool Heartbeat(Transition step, (WorkflowRun Run, ActivityState Activity) found, Payloads? details)
    {
        var (run, activity) = found;
        activity.LastHeartbeat = step.Now;
        activity.HeartbeatDetails = details;
        run.Touch(step);
        return activity.CancelRequestedEventId != 0;
    }

    // The workflow asks: an attempt that runs learns it by its heartbeat; one that does not is canceled here and now.
    private static bool CancelActivity(Transition step, WorkflowRun run, long completed, long scheduledEventId)
    {
        var requested = run.Append(step, new HistoryEvent
        {
            EventType = EventType.ActivityTaskCancelRequested,
            ActivityTaskCancelRequestedEventAttributes = new ActivityTaskCancelRequestedEventAttributes
            {
                ScheduledEventId = scheduledEventId,
                WorkflowTaskCompletedEventId = completed,
            },
        });
        if (!run.Activities.TryGetValue(scheduledEventId, out var activity) || activity.IsResolved || activity.StartedTime is not null)
        {
            return false;
        }

        var details = new Payloads
        {
            Payloads_ =
            {
                new Payload
                {
                    Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
                    Data = ByteString.CopyFromUtf8("\"ACTIVITY_ID_NOT_STARTED\""),
                },
            },
        };
        var canceled = CanceledEvent(activity, details, 0, "history-service");
        canceled.ActivityTaskCanceledEventAttributes.LatestCancelRequestedEventId = requested.EventId;
        run.Append(step, canceled);
        return true;
    }

    private void EndTimedOut(Transition step, WorkflowRun run, ActivityState activity, Failure failure, RetryState state)
    {
        var timedOut = new HistoryEvent
        {
            EventType = EventType.ActivityTaskTimedOut,
            ActivityTaskTimedOutEventAttributes = new ActivityTaskTimedOutEventAttributes
            {
                Failure = failure,
                ScheduledEventId = activity.ScheduledEventId,
                RetryState = state,
            },
        };
        if (activity.StartedTime is null)
        {
            AddExternal(step, run, timedOut);
            return;
        }

        timedOut.ActivityTaskTimedOutEventAttributes.StartedEventId = NextStartedId(step, run);
        AddExternal(step, run, StartedEvent(activity), timedOut);
    }

    private static HistoryEvent StartedEvent(ActivityState activity) => new()
    {
        EventType = EventType.ActivityTaskStarted,
        EventTime = Timestamp.FromDateTimeOffset(activity.StartedTime!.Value),
        ActivityTaskStartedEventAttributes = new ActivityTaskStartedEventAttributes
        {
            ScheduledEventId = activity.ScheduledEventId,
            Identity = activity.Identity,
            RequestId = Guid.NewGuid().ToString(),
            Attempt = activity.Attempt,
            LastFailure = activity.LastFailure,
        },
    };

    private static HistoryEvent CanceledEvent(ActivityState activity, Payloads? details, long startedEventId, string identity) => new()
    {
        EventType = EventType.ActivityTaskCanceled,
        ActivityTaskCanceledEventAttributes = new ActivityTaskCanceledEventAttributes
        {
            Details = details,
            LatestCancelRequestedEventId = activity.CancelRequestedEventId,
            ScheduledEventId = activity.ScheduledEventId,
            StartedEventId = startedEventId,
            Identity = identity,
        },
    };

    // Start and end are appended together; in the buffer the id is wired when it is flushed.
    private static long NextStartedId(Transition step, WorkflowRun run)
    {
        WriteTask(step, run);
        return run.Task is { IsStarted: true } ? 0 : run.NextEventId;
    }
}
