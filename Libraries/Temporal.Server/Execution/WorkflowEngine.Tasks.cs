using Google.Protobuf.WellKnownTypes;
using ImageLibrary.Temporal.Server.Matching;
using ImageLibrary.Temporal.Server.Sharding;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace ImageLibrary.Temporal.Server.Execution;

/// <content>The workflow task: scheduled, started, failed, timed out. Its completion is in <c>WorkflowEngine.Completion.cs</c>.</content>
internal sealed partial class WorkflowEngine
{
    /// <summary>A sticky queue that nobody polled for so long is given up.</summary>
    private static readonly TimeSpan StickyPollerMemory = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AttemptBackoff = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaximumAttemptBackoff = TimeSpan.FromMinutes(10);

    /// <summary>Attempts from this one on get more and more time, which is the back-off of a workflow that always fails.</summary>
    private const int FirstSlowAttempt = 4;

    /// <summary>Schedules a workflow task unless there is one, the run is closed, or it still waits to begin.</summary>
    private void ScheduleWorkflowTask(Transition step, WorkflowRun run, DateTimeOffset? heartbeatSince = null)
    {
        if (!run.IsOpen || run.Task is not null || run.InBackoff)
        {
            return;
        }

        ForgetUnpolledSticky(run);
        if (run.NextTaskAttempt == 1)
        {
            AppendScheduled(step, run, attempt: 1);
        }
        else
        {
            run.Task = new WorkflowTaskState
            {
                Kind = WorkflowTaskKind.Transient,
                ScheduledEventId = run.NextEventId,
                Attempt = run.NextTaskAttempt,
                ScheduledTime = step.Now,
                StartToClose = run.TaskTimeout,
                Queue = run.TaskQueue,
            };
            run.Touch(step);
        }

        var task = run.Task!;
        task.OriginalScheduledTime = heartbeatSince ?? step.Now;
        step.AfterCommit(() => Dispatch(run, task));
    }

    private void ForgetUnpolledSticky(WorkflowRun run)
    {
        if (run.StickyQueue is { } sticky && !WorkflowQueues.HasPoller(run.Namespace, sticky, StickyPollerMemory))
        {
            run.StickyQueue = null;
        }
    }

    private void Dispatch(WorkflowRun run, WorkflowTaskState task)
    {
        if (run.Task != task || task.IsStarted)
        {
            return;
        }

        WorkflowQueues.Offer(run.Namespace, task.Queue, new DispatchedWorkflowTask(run, task.ScheduledEventId, task.Attempt));
        if (task is { OnSticky: true, IsStarted: false, Kind: not WorkflowTaskKind.Speculative })
        {
            shard.Timers.Add(
                shard.Now + run.StickyScheduleToStart,
                () => run.Task == task && !task.IsStarted && run.IsOpen,
                () => shard.Apply(step => TimeOutSticky(step, run, task)));
        }
    }

    private static void AppendScheduled(Transition step, WorkflowRun run, int attempt, DateTimeOffset? time = null) => run.Append(step, new HistoryEvent
    {
        EventType = EventType.WorkflowTaskScheduled,
        EventTime = Timestamp.FromDateTimeOffset(time ?? step.Now),
        WorkflowTaskScheduledEventAttributes = new WorkflowTaskScheduledEventAttributes
        {
            TaskQueue = run.StickyQueue is { } sticky && attempt == 1
                ? new TaskQueue { Name = sticky, Kind = TaskQueueKind.Sticky, NormalName = run.TaskQueue }
                : new TaskQueue { Name = run.TaskQueue, Kind = TaskQueueKind.Normal },
            StartToCloseTimeout = Duration.FromTimeSpan(run.TaskTimeout),
            Attempt = attempt,
        },
    });

    private static bool Stands(DispatchedWorkflowTask dispatched) => dispatched.Query is { } query
        ? !query.IsStarted && !query.IsAnswered
        : dispatched.Run.Task is { IsStarted: false } task && task.ScheduledEventId == dispatched.ScheduledEventId && task.Attempt == dispatched.Attempt;

    private bool StartDispatched(DispatchedWorkflowTask dispatched, PollSlot<WorkflowTaskReply> poller)
    {
        if (dispatched.Query is { } query)
        {
            return StartQuery(dispatched.Run, query, poller);
        }

        var run = dispatched.Run;
        if (!Stands(dispatched))
        {
            return false;
        }

        // Nobody waits for the record of a start: after a crash the task is simply handed out again. But events that came while it waited
        // for a poller must be durable before a worker sees them.
        var seesUncommitted = run.Tail.CommittedEventId < run.NextEventId - 1;
        WorkflowTaskReply? reply = null;
        void Start(Transition step)
        {
            reply = StartWorkflowTask(step, run, poller.Identity);
            if (seesUncommitted)
            {
                step.AfterCommit(HandOver);
            }
        }

        void HandOver() => poller.Complete(reply! with { History = HistoryReader.Of(run, reply.History!.From, reply.History.Through) });
        if (!shard.Apply(Start, lazy: !seesUncommitted))
        {
            return false;
        }

        if (seesUncommitted)
        {
            poller.IsTaken = true;
        }
        else
        {
            HandOver();
        }

        return true;
    }

    /// <summary>Starts the scheduled task and makes what its worker receives.</summary>
    private WorkflowTaskReply StartWorkflowTask(Transition step, WorkflowRun run, string identity)
    {
        var task = run.Task!;
        if (task.Kind == WorkflowTaskKind.Transient && run.NextEventId != task.ScheduledEventId)
        {
            // Something came between: the attempt becomes part of the history.
            AppendScheduled(step, run, task.Attempt, task.ScheduledTime);
            task = run.Task!;
        }

        var sticky = task.OnSticky;
        var suggest = run.NextEventId > SuggestedEvents || run.HistorySize > SuggestedBytes || run.Updates.Count > 1800;
        var started = new WorkflowTaskStartedEventAttributes
        {
            ScheduledEventId = task.ScheduledEventId,
            Identity = identity,
            RequestId = Guid.NewGuid().ToString(),
            SuggestContinueAsNew = suggest,
            HistorySizeBytes = run.HistorySize,
        };
        List<HistoryEvent> unwritten = [];
        if (task.Kind == WorkflowTaskKind.Normal)
        {
            run.Append(step, new HistoryEvent { EventType = EventType.WorkflowTaskStarted, WorkflowTaskStartedEventAttributes = started });
        }
        else
        {
            task.StartedEventId = task.ScheduledEventId + 1;
            task.StartedTime = step.Now;
            task.Identity = identity;
            task.RequestId = started.RequestId;
            task.SuggestContinueAsNew = suggest;
            task.HistorySizeAtStart = run.HistorySize;
            unwritten = UnwrittenEvents(run, task);
            if (task.Kind == WorkflowTaskKind.Transient)
            {
                run.Touch(step);
            }
        }

        ArmStartToClose(step.Now, run, task);
        var message = new PollWorkflowTaskQueueResponse
        {
            TaskToken = new TaskToken(run.Key, task.ScheduledEventId, task.StartedEventId, task.Attempt, task.StartedTime.UtcTicks).ToByteString(),
            WorkflowExecution = run.Execution,
            WorkflowType = run.Start.WorkflowType,
            PreviousStartedEventId = run.PreviousStartedEventId,
            StartedEventId = task.StartedEventId,
            Attempt = task.Attempt,
            ScheduledTime = Timestamp.FromDateTimeOffset(task.ScheduledTime),
            StartedTime = Timestamp.FromDateTimeOffset(task.StartedTime),
            WorkflowExecutionTaskQueue = new TaskQueue { Name = run.TaskQueue, Kind = TaskQueueKind.Normal },
            BacklogCountHint = WorkflowQueues.Backlog(run.Namespace, run.TaskQueue),
        };
        AttachQueries(run, message);
        AttachUpdates(run, message);
        return new WorkflowTaskReply(message, new HistoryReader(run.Key, sticky ? run.PreviousStartedEventId + 1 : 1, run.NextEventId - 1, []), unwritten);
    }

    private void ArmStartToClose(DateTimeOffset now, WorkflowRun run, WorkflowTaskState task)
    {
        var backoff = AttemptBackoff * Math.Max(0, task.Attempt - FirstSlowAttempt + 1);
        var timeout = task.StartToClose + (backoff < MaximumAttemptBackoff ? backoff : MaximumAttemptBackoff);
        shard.Timers.Add(
            now + timeout,
            () => run.Task == task && run.IsOpen,
            () => shard.Apply(step => EndFailedTask(step, run, TaskTimedOut(task, TimeoutType.StartToClose))));
    }

    private void TimeOutSticky(Transition step, WorkflowRun run, WorkflowTaskState task)
    {
        run.StickyQueue = null;
        run.Append(step, TaskTimedOut(task, TimeoutType.ScheduleToStart));
        ScheduleWorkflowTask(step, run);
    }

    /// <summary>A worker reports that it could not do its task.</summary>
    public void FailTask(Transition step, RespondWorkflowTaskFailedRequest request)
    {
        var (run, _) = RequireTask(request.TaskToken);
        FailStartedTask(step, run, request.Cause, request.Failure, request.Identity);
    }

    private void FailStartedTask(Transition step, WorkflowRun run, WorkflowTaskFailedCause cause, Failure? failure, string identity)
    {
        var task = run.Task!;
        EndFailedTask(step, run, new HistoryEvent
        {
            EventType = EventType.WorkflowTaskFailed,
            WorkflowTaskFailedEventAttributes = new WorkflowTaskFailedEventAttributes
            {
                ScheduledEventId = task.ScheduledEventId,
                StartedEventId = task.StartedEventId,
                Cause = cause,
                Failure = failure,
                Identity = identity,
            },
        });
    }

    // The failure of a first attempt is an event; further attempts leave no trace unless one succeeds.
    private void EndFailedTask(Transition step, WorkflowRun run, HistoryEvent end)
    {
        WriteTask(step, run);
        var task = run.Task!;
        var fromSticky = task.OnSticky;
        if (task.Kind == WorkflowTaskKind.Normal)
        {
            run.Append(step, end);
        }
        else
        {
            run.Task = null;
            run.Touch(step);
        }

        run.StickyQueue = null;
        run.NextTaskAttempt = fromSticky ? task.Attempt : task.Attempt + 1;
        foreach (var update in run.Updates.Values.Where(update => update.Stage == UpdateStage.Sent))
        {
            update.Stage = UpdateStage.Admitted;
        }

        run.Queries.ForEach(query => query.IsStarted = false);
        if (FlushBuffer(step, run))
        {
            run.NextTaskAttempt = 1;
        }

        ScheduleWorkflowTask(step, run);
    }

    /// <summary>The scheduling and the start of a task that stands in no history.</summary>
    public static List<HistoryEvent> UnwrittenEvents(WorkflowRun run, WorkflowTaskState task) =>
    [
        new HistoryEvent
        {
            EventId = task.ScheduledEventId,
            EventTime = Timestamp.FromDateTimeOffset(task.ScheduledTime),
            EventType = EventType.WorkflowTaskScheduled,
            WorkflowTaskScheduledEventAttributes = new WorkflowTaskScheduledEventAttributes
            {
                TaskQueue = task.OnSticky
                    ? new TaskQueue { Name = task.Queue, Kind = TaskQueueKind.Sticky, NormalName = run.TaskQueue }
                    : new TaskQueue { Name = run.TaskQueue, Kind = TaskQueueKind.Normal },
                StartToCloseTimeout = Duration.FromTimeSpan(task.StartToClose),
                Attempt = task.Attempt,
            },
        },
        new HistoryEvent
        {
            EventId = task.StartedEventId,
            EventTime = Timestamp.FromDateTimeOffset(task.StartedTime),
            EventType = EventType.WorkflowTaskStarted,
            WorkflowTaskStartedEventAttributes = new WorkflowTaskStartedEventAttributes
            {
                ScheduledEventId = task.ScheduledEventId,
                Identity = task.Identity,
                RequestId = task.RequestId,
                SuggestContinueAsNew = task.SuggestContinueAsNew,
                HistorySizeBytes = task.HistorySizeAtStart,
            },
        },
    ];

    private (WorkflowRun Run, WorkflowTaskState Task) RequireTask(Google.Protobuf.ByteString token)
    {
        var parsed = TaskToken.Parse(token);
        return Runs.FindByKey(parsed.RunKey) is { IsOpen: true, Task: { IsStarted: true } task } run
            && task.ScheduledEventId == parsed.ScheduledEventId && task.StartedEventId == parsed.StartedEventId
            && task.Attempt == parsed.Attempt && task.StartedTime.UtcTicks == parsed.StartedTicks
            ? (run, task)
            : throw Wire.RpcException.NotFound("Workflow task not found.");
    }
}
