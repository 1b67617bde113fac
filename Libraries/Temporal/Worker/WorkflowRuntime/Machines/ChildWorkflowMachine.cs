using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime.Machines;

/// <summary>A child workflow.</summary>
internal sealed class ChildWorkflowMachine(
    WorkflowMachines machines,
    string workflowNamespace,
    StartChildWorkflowExecutionCommandAttributes attributes,
    ChildWorkflowCancellationType cancellationType) : CommandMachine
{
    private readonly TaskCompletionSource<ChildStart> started = new();
    private readonly TaskCompletionSource<Outcome> resolved = new();
    private State state = State.Issued;
    private bool isResolved;
    private bool cancelSent;
    private long initiatedEventId;
    private long startedEventId;
    private string runId = string.Empty;

    private enum State
    {
        Issued,
        Initiated,
        Started,
        Ended,
    }

    /// <summary>Completes when the server has started the child or refused it, or it was given up before.</summary>
    public Task<ChildStart> Started => started.Task;

    /// <summary>Completes when the child ended, or was given up.</summary>
    public Task<Outcome> Resolved => resolved.Task;

    public override bool IsFinal => state == State.Ended;

    /// <summary>Cancels as the cancellation type says.</summary>
    public void Cancel()
    {
        if (isResolved || state == State.Ended)
        {
            return;
        }

        if (state == State.Issued)
        {
            machines.Withdraw(this);
            state = State.Ended;
            GiveUp("Child Workflow Execution cancelled before scheduled");
            return;
        }

        if (cancellationType != ChildWorkflowCancellationType.Abandon && !cancelSent)
        {
            cancelSent = true;
            machines.CancelChild(this, attributes.WorkflowId, runId);
        }

        if (cancellationType is ChildWorkflowCancellationType.Abandon or ChildWorkflowCancellationType.TryCancel)
        {
            GiveUp("Child Workflow execution cancelled");
        }
    }

    /// <summary>The child was told of the cancellation.</summary>
    public void CancelDelivered()
    {
        if (cancellationType == ChildWorkflowCancellationType.WaitCancellationRequested && !isResolved)
        {
            GiveUp("Child Workflow execution cancelled");
        }
    }

    public override void Apply(HistoryEvent historyEvent, bool checkIdentity)
    {
        switch (historyEvent.EventType)
        {
            case EventType.StartChildWorkflowExecutionInitiated when state == State.Issued:
                ApplyInitiated(historyEvent, checkIdentity);
                break;
            case EventType.StartChildWorkflowExecutionFailed when state == State.Initiated:
                state = State.Ended;
                var cause = historyEvent.StartChildWorkflowExecutionFailedEventAttributes.Cause;
                ResolveStart(new(null, null, cause));
                break;
            case EventType.ChildWorkflowExecutionStarted when state == State.Initiated:
                state = State.Started;
                startedEventId = historyEvent.EventId;
                runId = historyEvent.ChildWorkflowExecutionStartedEventAttributes.WorkflowExecution.RunId;
                ResolveStart(new(runId, null, null));
                break;
            case EventType.ChildWorkflowExecutionCompleted when state == State.Started:
                End(Outcome.Success(historyEvent.ChildWorkflowExecutionCompletedEventAttributes.Result));
                break;
            case EventType.ChildWorkflowExecutionFailed when state == State.Started:
                var failed = historyEvent.ChildWorkflowExecutionFailedEventAttributes;
                End(Outcome.Failed(ChildFailure("Child Workflow execution failed", failed.Failure, failed.RetryState)));
                break;
            case EventType.ChildWorkflowExecutionTimedOut when state == State.Started:
                End(Outcome.Failed(ChildFailure(
                    "Child Workflow execution timed out",
                    new() { Message = "Timed out", TimeoutFailureInfo = new() { TimeoutType = TimeoutType.StartToClose } },
                    historyEvent.ChildWorkflowExecutionTimedOutEventAttributes.RetryState)));
                break;
            case EventType.ChildWorkflowExecutionTerminated when state == State.Started:
                End(Outcome.Failed(ChildFailure(
                    "Child Workflow execution terminated",
                    new() { Message = "Terminated", TerminatedFailureInfo = new() },
                    RetryState.NonRetryableFailure)));
                break;
            case EventType.ChildWorkflowExecutionCanceled when state == State.Started:
                End(Outcome.Failed(CanceledFailure("Child Workflow execution cancelled")));
                break;
            default:
                throw Mismatch(historyEvent);
        }
    }

    public override string ToString() => $"Child workflow {attributes.WorkflowId} of type {attributes.WorkflowType.Name}";

    private void ApplyInitiated(HistoryEvent historyEvent, bool checkIdentity)
    {
        var initiated = historyEvent.StartChildWorkflowExecutionInitiatedEventAttributes;
        if (checkIdentity)
        {
            RequireSame("child workflow id", initiated.WorkflowId, attributes.WorkflowId);
            RequireSame("child workflow type", initiated.WorkflowType.Name, attributes.WorkflowType.Name);
        }

        initiatedEventId = historyEvent.EventId;
        state = State.Initiated;
    }

    private void End(Outcome outcome)
    {
        state = State.Ended;
        if (!isResolved)
        {
            isResolved = true;
            machines.AddJob(new ResolutionJob(() => resolved.TrySetResult(outcome)));
        }
    }

    private void GiveUp(string message)
    {
        isResolved = true;
        var failure = CanceledFailure(message);
        // Only one of the two is still open; who waits for the start never gets to the result.
        machines.AddJob(new ResolutionJob(() =>
        {
            started.TrySetResult(new(null, failure, null));
            resolved.TrySetResult(Outcome.Failed(failure));
        }));
    }

    private void ResolveStart(ChildStart start)
    {
        if (!isResolved)
        {
            machines.AddJob(new ResolutionJob(() => started.TrySetResult(start)));
        }
    }

    private Failure CanceledFailure(string message) => ChildFailure(
        message, new() { CanceledFailureInfo = new() }, RetryState.NonRetryableFailure);

    private Failure ChildFailure(string message, Failure? cause, RetryState retryState) => new()
    {
        Message = message,
        Cause = cause,
        ChildWorkflowExecutionFailureInfo = new()
        {
            Namespace = workflowNamespace,
            WorkflowExecution = new() { WorkflowId = attributes.WorkflowId, RunId = runId },
            WorkflowType = new() { Name = attributes.WorkflowType.Name },
            InitiatedEventId = initiatedEventId,
            StartedEventId = startedEventId,
            RetryState = retryState,
        },
    };
}
