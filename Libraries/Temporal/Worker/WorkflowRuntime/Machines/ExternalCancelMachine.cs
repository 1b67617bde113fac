using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.WorkflowRuntime.Machines;

/// <summary>A request to cancel another workflow, or a child.</summary>
/// <param name="machines">The run's machines.</param>
/// <param name="workflowId">Whom to cancel.</param>
/// <param name="child">The child, if it is one.</param>
internal sealed class ExternalCancelMachine(
    WorkflowMachines machines, string workflowId, ChildWorkflowMachine? child) : CommandMachine
{
    private readonly TaskCompletionSource<Outcome> resolved = new();
    private State state = State.Issued;

    private enum State
    {
        Issued,
        Initiated,
        Ended,
    }

    /// <summary>Completes when the request was delivered or refused.</summary>
    public Task<Outcome> Resolved => resolved.Task;

    public override bool IsFinal => state == State.Ended;

    public override void Apply(HistoryEvent historyEvent, bool checkIdentity)
    {
        switch (historyEvent.EventType)
        {
            case EventType.RequestCancelExternalWorkflowExecutionInitiated when state == State.Issued:
                state = State.Initiated;
                break;
            case EventType.ExternalWorkflowExecutionCancelRequested when state == State.Initiated:
                End(Outcome.Success(null));
                break;
            case EventType.RequestCancelExternalWorkflowExecutionFailed when state == State.Initiated:
                End(Outcome.Failed(Refusal(
                    historyEvent.RequestCancelExternalWorkflowExecutionFailedEventAttributes.Cause)));
                break;
            default:
                throw Mismatch(historyEvent);
        }
    }

    public override string ToString() => $"Cancel of workflow {workflowId}";

    private static Failure Refusal(CancelExternalWorkflowExecutionFailedCause cause) => new()
    {
        Message = "Unable to cancel external workflow because " + cause switch
        {
            CancelExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound
                or CancelExternalWorkflowExecutionFailedCause.NamespaceNotFound => "it was not found",
            _ => "of an unknown reason",
        },
        ApplicationFailureInfo = new() { Type = cause.ToString() },
    };

    private void End(Outcome outcome)
    {
        state = State.Ended;
        if (child != null)
        {
            // The workflow waits for the child, not for this request.
            child.CancelDelivered();
            return;
        }

        machines.AddJob(new ResolutionJob(() => resolved.TrySetResult(outcome)));
    }
}
