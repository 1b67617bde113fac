using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime.Machines;

/// <summary>An activity.</summary>
internal sealed class ActivityMachine(
    WorkflowMachines machines,
    ScheduleActivityTaskCommandAttributes attributes,
    ActivityCancellationType cancellationType) : CommandMachine
{
    private readonly TaskCompletionSource<Outcome> resolved = new();
    private State state = State.Issued;
    private bool isResolved;
    private long scheduledEventId;
    private long startedEventId;

    private enum State
    {
        Issued,
        Scheduled,
        CancelIssued,
        CancelRecorded,
        Ended,
    }

    /// <summary>Completes when the activity ended, or was given up.</summary>
    public Task<Outcome> Resolved => resolved.Task;

    public override bool IsFinal => state == State.Ended;

    /// <summary>Cancels as the cancellation type says.</summary>
    public void Cancel()
    {
        if (isResolved)
        {
            return;
        }

        switch (state)
        {
            case State.Issued:
                machines.Withdraw(this);
                state = State.Ended;
                Resolve(Outcome.Failed(CanceledFailure(null)));
                break;
            case State.Scheduled when cancellationType == ActivityCancellationType.Abandon:
                Resolve(Outcome.Failed(CanceledFailure(null)));
                break;
            case State.Scheduled:
                machines.Issue(this, new()
                {
                    CommandType = CommandType.RequestCancelActivityTask,
                    RequestCancelActivityTaskCommandAttributes = new() { ScheduledEventId = scheduledEventId },
                });
                state = State.CancelIssued;
                if (cancellationType == ActivityCancellationType.TryCancel)
                {
                    Resolve(Outcome.Failed(CanceledFailure(null)));
                }

                break;
            default:
                break;
        }
    }

    public override void Apply(HistoryEvent historyEvent, bool checkIdentity)
    {
        switch (historyEvent.EventType)
        {
            case EventType.ActivityTaskScheduled when state == State.Issued:
                ApplyScheduled(historyEvent, checkIdentity);
                break;
            case EventType.ActivityTaskCancelRequested when state == State.CancelIssued:
                state = State.CancelRecorded;
                break;
            case EventType.ActivityTaskStarted when state != State.Issued:
                startedEventId = historyEvent.EventId;
                break;
            case EventType.ActivityTaskCompleted when state != State.Issued:
                End(Outcome.Success(historyEvent.ActivityTaskCompletedEventAttributes.Result));
                break;
            case EventType.ActivityTaskFailed when state != State.Issued:
                var failed = historyEvent.ActivityTaskFailedEventAttributes;
                End(Outcome.Failed(ActivityFailure("Activity task failed", failed.Failure, failed.RetryState, failed.Identity)));
                break;
            case EventType.ActivityTaskTimedOut when state != State.Issued:
                var timedOut = historyEvent.ActivityTaskTimedOutEventAttributes;
                End(Outcome.Failed(ActivityFailure("Activity task timed out", timedOut.Failure, timedOut.RetryState, string.Empty)));
                break;
            case EventType.ActivityTaskCanceled when state is State.CancelIssued or State.CancelRecorded:
                End(Outcome.Failed(CanceledFailure(historyEvent.ActivityTaskCanceledEventAttributes)));
                break;
            default:
                throw Mismatch(historyEvent);
        }
    }

    public override string ToString() => $"Activity {attributes.ActivityId} of type {attributes.ActivityType.Name}";

    private void ApplyScheduled(HistoryEvent historyEvent, bool checkIdentity)
    {
        var scheduled = historyEvent.ActivityTaskScheduledEventAttributes;
        if (checkIdentity)
        {
            RequireSame("activity id", scheduled.ActivityId, attributes.ActivityId);
            RequireSame("activity type", scheduled.ActivityType.Name, attributes.ActivityType.Name);
        }

        scheduledEventId = historyEvent.EventId;
        state = State.Scheduled;
    }

    private void End(Outcome outcome)
    {
        state = State.Ended;
        if (!isResolved)
        {
            Resolve(outcome);
        }
    }

    private void Resolve(Outcome outcome)
    {
        isResolved = true;
        machines.AddJob(new ResolutionJob(() => resolved.TrySetResult(outcome)));
    }

    private Failure CanceledFailure(ActivityTaskCanceledEventAttributes? canceled) => ActivityFailure(
        "Activity cancelled",
        new() { Message = "Activity cancelled", CanceledFailureInfo = new() { Details = canceled?.Details } },
        RetryState.CancelRequested,
        canceled?.Identity ?? string.Empty);

    private Failure ActivityFailure(string message, Failure? cause, RetryState retryState, string identity) => new()
    {
        Message = message,
        Cause = cause,
        ActivityFailureInfo = new()
        {
            ActivityId = attributes.ActivityId,
            ActivityType = new ActivityType { Name = attributes.ActivityType.Name },
            ScheduledEventId = scheduledEventId,
            StartedEventId = startedEventId,
            RetryState = retryState,
            Identity = identity,
        },
    };
}
