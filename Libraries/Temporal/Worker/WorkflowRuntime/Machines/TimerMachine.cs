using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.WorkflowRuntime.Machines;

/// <summary>A timer.</summary>
internal sealed class TimerMachine(WorkflowMachines machines, string timerId) : CommandMachine
{
    private readonly TaskCompletionSource fired = new();
    private State state = State.Issued;

    private enum State
    {
        Issued,
        Started,
        CancelIssued,
        Ended,
    }

    /// <summary>Completes when the timer fires.</summary>
    public Task Fired => fired.Task;

    public override bool IsFinal => state == State.Ended;

    /// <summary>Gives the timer up and cancels <see cref="Fired"/>.</summary>
    public void Cancel(CancellationToken token)
    {
        if (!fired.TrySetCanceled(token))
        {
            return;
        }

        switch (state)
        {
            case State.Issued:
                machines.Withdraw(this);
                state = State.Ended;
                break;
            case State.Started:
                machines.Issue(this, new() { CommandType = CommandType.CancelTimer, CancelTimerCommandAttributes = new() { TimerId = timerId } });
                state = State.CancelIssued;
                break;
            default:
                break;
        }
    }

    public override void Apply(HistoryEvent historyEvent, bool checkIdentity)
    {
        switch (historyEvent.EventType)
        {
            case EventType.TimerStarted when state == State.Issued:
                if (checkIdentity)
                {
                    RequireSame("timer id", historyEvent.TimerStartedEventAttributes.TimerId, timerId);
                }

                state = State.Started;
                break;
            case EventType.TimerFired when state == State.Started:
                state = State.Ended;
                machines.AddJob(new ResolutionJob(() => fired.TrySetResult()));
                break;
            case EventType.TimerCanceled when state == State.CancelIssued:
                state = State.Ended;
                break;
            default:
                throw Mismatch(historyEvent);
        }
    }

    public override string ToString() => $"Timer {timerId}";
}
