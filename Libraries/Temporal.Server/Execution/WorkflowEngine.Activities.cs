using Google.Protobuf.WellKnownTypes;
using ImageLibrary.Temporal.Server.Matching;
using ImageLibrary.Temporal.Server.Sharding;
using ImageLibrary.Temporal.Server.Wire;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace ImageLibrary.Temporal.Server.Execution;

/// <content>Activities: scheduled, handed out, tried again, timed out. Their ends are in <c>WorkflowEngine.ActivityEnds.cs</c>.</content>
internal sealed partial class WorkflowEngine
{
    /// <summary>Schedules an activity.</summary>
    /// <returns>Its first attempt, where the worker of the workflow task asked to do it itself.</returns>
    private PollActivityTaskQueueResponse? ScheduleActivity(Transition step, WorkflowRun run, long completed, Command command, string identity)
    {
        var asked = command.ScheduleActivityTaskCommandAttributes;
        var scheduleToClose = Positive(asked.ScheduleToCloseTimeout);
        var runTimeout = Positive(run.Start.WorkflowRunTimeout);
        var startToClose = Positive(asked.StartToCloseTimeout) ?? scheduleToClose;
        var whole = scheduleToClose ?? runTimeout ?? TimeSpan.Zero;
        var heartbeat = Positive(asked.HeartbeatTimeout) ?? TimeSpan.Zero;
        var scheduled = run.Append(step, new HistoryEvent
        {
            EventType = EventType.ActivityTaskScheduled,
            UserMetadata = command.UserMetadata,
            ActivityTaskScheduledEventAttributes = new ActivityTaskScheduledEventAttributes
            {
                ActivityId = asked.ActivityId,
                ActivityType = asked.ActivityType,
                TaskQueue = NormalQueue(asked.TaskQueue?.Name is { Length: > 0 } queue ? queue : run.TaskQueue),
                Header = asked.Header,
                Input = asked.Input,
                ScheduleToCloseTimeout = Duration.FromTimeSpan(whole),
                ScheduleToStartTimeout = Duration.FromTimeSpan(Positive(asked.ScheduleToStartTimeout) ?? whole),
                StartToCloseTimeout = Duration.FromTimeSpan(startToClose ?? TimeSpan.Zero),
                HeartbeatTimeout = Duration.FromTimeSpan(startToClose is { } limit && heartbeat > limit ? limit : heartbeat),
                WorkflowTaskCompletedEventId = completed,
                RetryPolicy = Retries.Normalize(asked.RetryPolicy),
                Priority = asked.Priority,
            },
        });
        var activity = run.Activities[scheduled.EventId];
        ArmActivity(run, activity);
        if (asked.RequestEagerExecution && activity.Command.TaskQueue.Name == run.TaskQueue)
        {
            BeginAttempt(step, run, activity, identity);
            return ActivityReply(run, activity);
        }

        step.AfterCommit(() => DispatchActivity(run, activity));
        return null;
    }

    private void BeginAttempt(Transition step, WorkflowRun run, ActivityState activity, string identity)
    {
        activity.StartedTime = step.Now;
        activity.Identity = identity;
        activity.LastHeartbeat = null;
        run.Touch(step);
        ArmAttempt(run, activity);
    }

    private void DispatchActivity(WorkflowRun run, ActivityState activity)
    {
        if (IsPending(run, activity) && activity.StartedTime is null)
        {
            ActivityQueues.Offer(run.Namespace, activity.Command.TaskQueue.Name, new DispatchedActivityTask(run, activity.ScheduledEventId, activity.Attempt));
        }
    }

    /// <summary>Arms the timeouts that count from the scheduling.</summary>
    private void ArmActivity(WorkflowRun run, ActivityState activity)
    {
        if (activity.Expiration is { } expiration)
        {
            shard.Timers.Add(
                expiration,
                () => IsPending(run, activity),
                () => shard.Apply(step => TimeOutActivity(step, run, activity, TimeoutType.ScheduleToClose)));
        }

        ArmScheduleToStart(run, activity);
    }

    private void ArmScheduleToStart(WorkflowRun run, ActivityState activity)
    {
        if (activity.ScheduleToStart <= TimeSpan.Zero || activity.StartedTime is not null)
        {
            return;
        }

        var attempt = activity.Attempt;
        shard.Timers.Add(
            activity.AttemptScheduledTime + activity.ScheduleToStart,
            () => IsPending(run, activity) && activity.Attempt == attempt && activity.StartedTime is null,
            () => shard.Apply(step => TimeOutActivity(step, run, activity, TimeoutType.ScheduleToStart)));
    }

    private static bool Stands(DispatchedActivityTask dispatched) =>
        dispatched.Run.IsOpen && dispatched.Run.Activities.TryGetValue(dispatched.ScheduledEventId, out var activity)
        && activity is { IsResolved: false, StartedTime: null } && activity.Attempt == dispatched.Attempt;

    private bool StartActivity(DispatchedActivityTask dispatched, PollSlot<PollActivityTaskQueueResponse> poller)
    {
        if (!Stands(dispatched))
        {
            return false;
        }

        var run = dispatched.Run;
        var activity = run.Activities[dispatched.ScheduledEventId];
        PollActivityTaskQueueResponse? reply = null;
        void Start(Transition step)
        {
            BeginAttempt(step, run, activity, poller.Identity);
            reply = ActivityReply(run, activity);
            if (activity.Command.RetryPolicy.MaximumAttempts == 1)
            {
                // An activity that must not run twice is handed out only when its start is on disk.
                step.AfterCommit(() => poller.Complete(reply));
            }
        }

        var once = activity.Command.RetryPolicy.MaximumAttempts == 1;
        if (!shard.Apply(Start, lazy: !once))
        {
            return false;
        }

        if (once)
        {
            poller.IsTaken = true;
        }
        else
        {
            poller.Complete(reply);
        }

        return true;
    }

    private static PollActivityTaskQueueResponse ActivityReply(WorkflowRun run, ActivityState activity) => new()
    {
        TaskToken = Token(run, activity).ToByteString(),
        WorkflowNamespace = run.Namespace,
        WorkflowType = run.Start.WorkflowType,
        WorkflowExecution = run.Execution,
        ActivityType = activity.Command.ActivityType,
        ActivityId = activity.Id,
        Header = activity.Command.Header,
        Input = activity.Command.Input,
        HeartbeatDetails = activity.HeartbeatDetails,
        ScheduledTime = Timestamp.FromDateTimeOffset(activity.ScheduledTime),
        CurrentAttemptScheduledTime = Timestamp.FromDateTimeOffset(activity.AttemptScheduledTime),
        StartedTime = Timestamp.FromDateTimeOffset(activity.StartedTime!.Value),
        Attempt = activity.Attempt,
        ScheduleToCloseTimeout = activity.Command.ScheduleToCloseTimeout,
        StartToCloseTimeout = activity.Command.StartToCloseTimeout,
        HeartbeatTimeout = activity.Command.HeartbeatTimeout,
        RetryPolicy = activity.Command.RetryPolicy,
        Priority = activity.Command.Priority,
    };

    private static TaskToken Token(WorkflowRun run, ActivityState activity) =>
        new(run.Key, activity.ScheduledEventId, 0, activity.Attempt, activity.StartedTime?.UtcTicks ?? 0);

    /// <summary>Arms the timeouts of a started attempt.</summary>
    private void ArmAttempt(WorkflowRun run, ActivityState activity)
    {
        var token = Token(run, activity);
        if (activity.StartToClose > TimeSpan.Zero)
        {
            shard.Timers.Add(
                activity.StartedTime!.Value + activity.StartToClose,
                () => IsPending(run, activity) && Token(run, activity) == token,
                () => shard.Apply(step => TimeOutActivity(step, run, activity, TimeoutType.StartToClose)));
        }

        if (activity.Heartbeat > TimeSpan.Zero)
        {
            ArmHeartbeat(run, activity, token);
        }
    }

    // One timer per attempt: when it fires it waits for the rest that the newest heartbeat has granted.
    private void ArmHeartbeat(WorkflowRun run, ActivityState activity, TaskToken token)
    {
        var due = (activity.LastHeartbeat ?? activity.StartedTime!.Value) + activity.Heartbeat;
        shard.Timers.Add(due, () => IsPending(run, activity) && Token(run, activity) == token, () =>
        {
            if ((activity.LastHeartbeat ?? activity.StartedTime!.Value) + activity.Heartbeat > shard.Now)
            {
                ArmHeartbeat(run, activity, token);
            }
            else
            {
                shard.Apply(step => TimeOutActivity(step, run, activity, TimeoutType.Heartbeat));
            }
        });
    }

    private void TimeOutActivity(Transition step, WorkflowRun run, ActivityState activity, TimeoutType type, bool isLost = false)
    {
        var failure = new Failure
        {
            Message = $"activity {type} timeout",
            Source = "Server",
            TimeoutFailureInfo = new TimeoutFailureInfo { TimeoutType = type, LastHeartbeatDetails = activity.HeartbeatDetails },
        };
        if (type is TimeoutType.StartToClose or TimeoutType.Heartbeat)
        {
            var state = Retry(step, run, activity, failure, isLost);
            if (state == RetryState.InProgress)
            {
                return;
            }

            if (state == RetryState.Timeout)
            {
                // No time is left for another attempt: the whole activity has timed out, because this attempt did.
                failure = new Failure
                {
                    Message = "Not enough time to schedule next retry before activity ScheduleToClose timeout, giving up retrying",
                    Source = "Server",
                    Cause = failure,
                    TimeoutFailureInfo = new TimeoutFailureInfo { TimeoutType = TimeoutType.ScheduleToClose, LastHeartbeatDetails = activity.HeartbeatDetails },
                };
            }

            EndTimedOut(step, run, activity, failure, state);
            return;
        }

        failure.Cause = activity.LastFailure;
        EndTimedOut(step, run, activity, failure, RetryState.Timeout);
    }

    /// <summary>Tries an activity again if its policy allows it.</summary>
    /// <param name="step">The transition.</param>
    /// <param name="run">Its run.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="failure">How the attempt ended.</param>
    /// <param name="isLost">The process that ran it has crashed, which is not its doing: the wait does not grow with each crash.</param>
    private RetryState Retry(Transition step, WorkflowRun run, ActivityState activity, Failure failure, bool isLost = false)
    {
        if (activity.CancelRequestedEventId != 0)
        {
            return RetryState.CancelRequested;
        }

        var (delay, state) = Retries.Next(activity.Command.RetryPolicy, activity.Attempt, failure, step.Now, activity.Expiration);
        if (delay is not { } wait)
        {
            return state;
        }

        activity.Attempt++;
        activity.LastFailure = FailureSize.Truncate(failure);
        activity.LastAttemptCompleted = step.Now;
        activity.LastIdentity = activity.Identity;
        activity.StartedTime = null;
        activity.Identity = string.Empty;
        var first = activity.Command.RetryPolicy.InitialInterval.ToTimeSpan();
        activity.AttemptScheduledTime = step.Now + (isLost && wait > first ? first : wait);
        run.Touch(step);
        ArmRetry(run, activity);
        return RetryState.InProgress;
    }

    private void ArmRetry(WorkflowRun run, ActivityState activity)
    {
        var attempt = activity.Attempt;
        shard.Timers.Add(activity.AttemptScheduledTime, () => IsPending(run, activity) && activity.Attempt == attempt, () =>
        {
            DispatchActivity(run, activity);
            ArmScheduleToStart(run, activity);
        });
    }

    private static bool IsPending(WorkflowRun run, ActivityState activity) =>
        run.IsOpen && !activity.IsResolved && run.Activities.TryGetValue(activity.ScheduledEventId, out var pending) && pending == activity;

    private static TimeSpan? Positive(Duration? duration) => DurationLimit.Read(duration) is var value && value > TimeSpan.Zero ? value : null;
}
