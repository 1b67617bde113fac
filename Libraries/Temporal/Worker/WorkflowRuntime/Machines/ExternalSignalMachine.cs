using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.WorkflowRuntime.Machines;

/// <summary>A signal to another workflow.</summary>
internal sealed class ExternalSignalMachine(WorkflowMachines machines, string signal) : CommandMachine
{
    private readonly TaskCompletionSource<Outcome> resolved = new();
    private State state = State.Issued;

    private enum State
    {
        Issued,
        Initiated,
        Ended,
    }

    /// <summary>Completes when the signal was delivered or refused.</summary>
    public Task<Outcome> Resolved => resolved.Task;

    public override bool IsFinal => state == State.Ended;

    /// <summary>Withdraws the signal if it was not sent yet; one that was sent cannot be stopped.</summary>
    public void Cancel()
    {
        if (state != State.Issued)
        {
            return;
        }

        machines.Withdraw(this);
        End(Outcome.Failed(new()
        {
            Message = "Signal was cancelled before being sent",
            CanceledFailureInfo = new(),
        }));
    }

    public override void Apply(HistoryEvent historyEvent, bool checkIdentity)
    {
        switch (historyEvent.EventType)
        {
            case EventType.SignalExternalWorkflowExecutionInitiated when state == State.Issued:
                state = State.Initiated;
                break;
            case EventType.ExternalWorkflowExecutionSignaled when state == State.Initiated:
                End(Outcome.Success(null));
                break;
            case EventType.SignalExternalWorkflowExecutionFailed when state == State.Initiated:
                End(Outcome.Failed(Refusal(historyEvent.SignalExternalWorkflowExecutionFailedEventAttributes.Cause)));
                break;
            default:
                throw Mismatch(historyEvent);
        }
    }

    public override string ToString() => $"Signal {signal} to another workflow";

    private static Failure Refusal(SignalExternalWorkflowExecutionFailedCause cause) => new()
    {
        Message = "Unable to signal external workflow because " + cause switch
        {
            SignalExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound
                or SignalExternalWorkflowExecutionFailedCause.NamespaceNotFound => "it was not found",
            SignalExternalWorkflowExecutionFailedCause.SignalCountLimitExceeded =>
                "the limit of signals for a workflow was exceeded",
            _ => "of an unknown reason",
        },
        ApplicationFailureInfo = new() { Type = cause.ToString() },
    };

    private void End(Outcome outcome)
    {
        state = State.Ended;
        machines.AddJob(new ResolutionJob(() => resolved.TrySetResult(outcome)));
    }
}
