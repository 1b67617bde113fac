using Google.Protobuf.WellKnownTypes;
using ImageLibrary.Temporal.Server.Sharding;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace ImageLibrary.Temporal.Server.Execution;

/// <content>The end of a run, the next run of its chain, and what both mean for parent and children.</content>
internal sealed partial class WorkflowEngine
{
    private void ApplyClose(Transition step, WorkflowRun run, long completed, Command command)
    {
        switch (command.AttributesCase)
        {
            case Command.AttributesOneofCase.CompleteWorkflowExecutionCommandAttributes:
                Close(step, run, new HistoryEvent
                {
                    EventType = EventType.WorkflowExecutionCompleted,
                    UserMetadata = command.UserMetadata,
                    WorkflowExecutionCompletedEventAttributes = new WorkflowExecutionCompletedEventAttributes
                    {
                        Result = command.CompleteWorkflowExecutionCommandAttributes.Result,
                        WorkflowTaskCompletedEventId = completed,
                    },
                });
                break;
            case Command.AttributesOneofCase.FailWorkflowExecutionCommandAttributes:
                FailRun(step, run, completed, command.FailWorkflowExecutionCommandAttributes.Failure);
                break;
            case Command.AttributesOneofCase.CancelWorkflowExecutionCommandAttributes:
                Close(step, run, new HistoryEvent
                {
                    EventType = EventType.WorkflowExecutionCanceled,
                    WorkflowExecutionCanceledEventAttributes = new WorkflowExecutionCanceledEventAttributes
                    {
                        Details = command.CancelWorkflowExecutionCommandAttributes.Details,
                        WorkflowTaskCompletedEventId = completed,
                    },
                });
                break;
            case Command.AttributesOneofCase.ContinueAsNewWorkflowExecutionCommandAttributes:
                ContinueAsNew(step, run, completed, command.ContinueAsNewWorkflowExecutionCommandAttributes);
                break;
        }
    }

    private void FailRun(Transition step, WorkflowRun run, long completed, Failure failure)
    {
        var (next, state) = NextAttempt(step, run, failure);
        Close(
            step,
            run,
            new HistoryEvent
            {
                EventType = EventType.WorkflowExecutionFailed,
                WorkflowExecutionFailedEventAttributes = new WorkflowExecutionFailedEventAttributes
                {
                    Failure = failure,
                    RetryState = state,
                    WorkflowTaskCompletedEventId = completed,
                    NewExecutionRunId = next?.RunId ?? string.Empty,
                },
            },
            next);
    }

    private void TimeOutRun(Transition step, WorkflowRun run)
    {
        var failure = new Failure
        {
            Message = "workflow timeout",
            TimeoutFailureInfo = new TimeoutFailureInfo { TimeoutType = TimeoutType.StartToClose },
        };
        var chainEnded = run.ChainExpiration <= step.Now;
        var (next, state) = chainEnded ? (null, RetryState.Timeout) : NextAttempt(step, run, failure);
        EndTaskForClose(step, run);
        Close(
            step,
            run,
            new HistoryEvent
            {
                EventType = EventType.WorkflowExecutionTimedOut,
                WorkflowExecutionTimedOutEventAttributes = new WorkflowExecutionTimedOutEventAttributes
                {
                    RetryState = state,
                    NewExecutionRunId = next?.RunId ?? string.Empty,
                },
            },
            next);
    }

    private static (NextRun? Next, RetryState State) NextAttempt(Transition step, WorkflowRun run, Failure failure)
    {
        if (run.Start.RetryPolicy is not { } policy)
        {
            return (null, RetryState.RetryPolicyNotSet);
        }

        var (delay, state) = Retries.Next(policy, run.Start.Attempt, failure, step.Now, run.ChainExpiration);
        if (delay is not { } wait)
        {
            return (null, state);
        }

        var maximum = policy.MaximumInterval.ToTimeSpan();
        var attributes = run.Start.Clone();
        attributes.Attempt++;
        attributes.Initiator = ContinueAsNewInitiator.Retry;
        attributes.ContinuedExecutionRunId = run.RunId;
        attributes.ContinuedFailure = failure;
        attributes.FirstWorkflowTaskBackoff = Duration.FromTimeSpan(wait < maximum ? wait : maximum);
        return (NewRun(attributes), state);
    }

    private void ContinueAsNew(Transition step, WorkflowRun run, long completed, ContinueAsNewWorkflowExecutionCommandAttributes command)
    {
        var attributes = run.Start.Clone();
        attributes.WorkflowType = command.WorkflowType?.Name is { Length: > 0 } ? command.WorkflowType : run.Start.WorkflowType;
        attributes.TaskQueue = command.TaskQueue?.Name is { Length: > 0 } queue ? NormalQueue(queue) : run.Start.TaskQueue;
        attributes.Input = command.Input;
        attributes.WorkflowRunTimeout = IsSet(command.WorkflowRunTimeout) ? command.WorkflowRunTimeout : run.Start.WorkflowRunTimeout;
        attributes.WorkflowTaskTimeout = IsSet(command.WorkflowTaskTimeout) ? command.WorkflowTaskTimeout : run.Start.WorkflowTaskTimeout;
        attributes.FirstWorkflowTaskBackoff = command.BackoffStartInterval ?? new Duration();
        attributes.RetryPolicy = command.RetryPolicy is null ? null : Retries.Normalize(command.RetryPolicy);
        attributes.Header = command.Header;
        attributes.Memo = command.Memo;
        attributes.SearchAttributes = command.SearchAttributes;
        attributes.Attempt = 1;
        attributes.Initiator = ContinueAsNewInitiator.Workflow;
        attributes.ContinuedExecutionRunId = run.RunId;
        attributes.ContinuedFailure = null;
        attributes.LastCompletionResult = command.LastCompletionResult;
        var next = NewRun(attributes);
        Close(
            step,
            run,
            new HistoryEvent
            {
                EventType = EventType.WorkflowExecutionContinuedAsNew,
                WorkflowExecutionContinuedAsNewEventAttributes = new WorkflowExecutionContinuedAsNewEventAttributes
                {
                    NewExecutionRunId = next.RunId,
                    WorkflowType = attributes.WorkflowType,
                    TaskQueue = attributes.TaskQueue,
                    Input = attributes.Input,
                    WorkflowRunTimeout = attributes.WorkflowRunTimeout,
                    WorkflowTaskTimeout = attributes.WorkflowTaskTimeout,
                    WorkflowTaskCompletedEventId = completed,
                    BackoffStartInterval = attributes.FirstWorkflowTaskBackoff,
                    Initiator = ContinueAsNewInitiator.Workflow,
                    Header = attributes.Header,
                    Memo = attributes.Memo,
                    SearchAttributes = attributes.SearchAttributes,
                },
            },
            next);
    }

    /// <summary>Ends a run at once, without asking its workflow.</summary>
    private void TerminateRun(Transition step, WorkflowRun run, string reason, Payloads? details, string identity)
    {
        EndTaskForClose(step, run);
        Close(step, run, new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionTerminated,
            WorkflowExecutionTerminatedEventAttributes = new WorkflowExecutionTerminatedEventAttributes { Reason = reason, Details = details, Identity = identity },
        });
    }

    /// <summary>Terminates a workflow for a client.</summary>
    public void Terminate(Transition step, TerminateWorkflowExecutionRequest request)
    {
        var run = RequireChain(request.Namespace, request.WorkflowExecution, request.FirstExecutionRunId);
        if (!run.IsOpen)
        {
            throw Wire.RpcException.NotFound("workflow execution already completed");
        }

        TerminateRun(step, run, request.Reason, request.Details, request.Identity);
    }

    // A task in work is failed, so that the buffer can be written before the end.
    private static void EndTaskForClose(Transition step, WorkflowRun run)
    {
        if (run.Task is { IsStarted: true } task)
        {
            WriteTask(step, run);
            if (task.Kind == WorkflowTaskKind.Normal)
            {
                run.Append(step, new HistoryEvent
                {
                    EventType = EventType.WorkflowTaskFailed,
                    WorkflowTaskFailedEventAttributes = new WorkflowTaskFailedEventAttributes
                    {
                        ScheduledEventId = task.ScheduledEventId,
                        StartedEventId = task.StartedEventId,
                        Cause = WorkflowTaskFailedCause.ForceCloseCommand,
                        Identity = "history-service",
                    },
                });
            }

            run.Task = null;
            FlushBuffer(step, run);
        }
    }

    private void Close(Transition step, WorkflowRun run, HistoryEvent end, NextRun? next = null)
    {
        var children = run.Children.Values.Where(child => child.StartedEventId != 0).ToList();
        run.Append(step, end);
        run.Task = null;
        foreach (var update in run.Updates.Values.Where(update => update.Stage != UpdateStage.Completed))
        {
            EndUpdate(step, update, continued: next is not null);
        }

        foreach (var child in children)
        {
            step.AddEffect(() => ApplyParentClosePolicy(step, run, child));
        }

        if (next is not null)
        {
            StartRun(step, run.Namespace, next.RunId, next.Attributes, run.UserMetadata, string.Empty);
        }
        else
        {
            step.AddEffect(() => NotifyParent(step, run, end));
        }

        step.AfterCommit(() => Runs.Retire(run));
        ReleaseQueries(run);
    }

    private static NextRun NewRun(WorkflowExecutionStartedEventAttributes attributes)
    {
        var runId = NewRunId();
        attributes.OriginalExecutionRunId = runId;
        return new NextRun(runId, attributes);
    }

    private static bool IsSet(Duration? duration) => duration is not null && duration.ToTimeSpan() > TimeSpan.Zero;

    /// <summary>The next run of a chain.</summary>
    private sealed record NextRun(string RunId, WorkflowExecutionStartedEventAttributes Attributes);
}
