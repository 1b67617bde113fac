using ImageLibrary.Temporal.Server.Sharding;
using ImageLibrary.Temporal.Server.Wire;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <content>Signals and requests to cancel.</content>
internal sealed partial class WorkflowEngine
{
    private const int MaximumSignals = 10_000;

    /// <summary>Signals a running workflow; the same request signals once.</summary>
    public void Signal(Transition step, SignalWorkflowExecutionRequest request)
    {
        var run = RequireOpen(request.Namespace, request.WorkflowExecution);
        AddSignal(step, run, request.SignalName, request.Input, request.Header, request.Identity, request.RequestId);
    }

    /// <summary>Signals the workflow that runs, or starts one that has the signal before its first task.</summary>
    public SignalWithStartWorkflowExecutionResponse SignalWithStart(Transition step, SignalWithStartWorkflowExecutionRequest request)
    {
        var existing = Runs.FindCurrent(request.Namespace, request.WorkflowId);
        if (existing is { IsOpen: true } && request.WorkflowIdConflictPolicy != WorkflowIdConflictPolicy.TerminateExisting && request.WorkflowIdReusePolicy != TerminateIfRunning)
        {
            AddSignal(step, existing, request.SignalName, request.SignalInput, request.Header, request.Identity, request.RequestId);
            return new SignalWithStartWorkflowExecutionResponse { RunId = existing.RunId, Started = false, FirstExecutionRunId = existing.FirstRunId };
        }

        if (existing is { IsOpen: true })
        {
            TerminateRun(step, existing, "TerminateIfRunning WorkflowIdReusePolicy", null, "history-service");
        }
        else if (existing is not null)
        {
            RefuseReuse(existing, request.WorkflowIdReusePolicy);
        }

        var start = new StartWorkflowExecutionRequest
        {
            Namespace = request.Namespace,
            WorkflowId = request.WorkflowId,
            WorkflowType = request.WorkflowType,
            TaskQueue = request.TaskQueue,
            Input = request.Input,
            WorkflowExecutionTimeout = request.WorkflowExecutionTimeout,
            WorkflowRunTimeout = request.WorkflowRunTimeout,
            WorkflowTaskTimeout = request.WorkflowTaskTimeout,
            Identity = request.Identity,
            RequestId = request.RequestId,
            RetryPolicy = request.RetryPolicy,
            Memo = request.Memo,
            SearchAttributes = request.SearchAttributes,
            Header = request.Header,
            WorkflowStartDelay = request.WorkflowStartDelay,
            UserMetadata = request.UserMetadata,
            Priority = request.Priority,
        };
        var run = StartFromRequest(step, start, fresh => AddSignal(step, fresh, request.SignalName, request.SignalInput, request.Header, request.Identity, request.RequestId));
        return new SignalWithStartWorkflowExecutionResponse { RunId = run.RunId, Started = true, FirstExecutionRunId = run.FirstRunId };
    }

    /// <summary>Asks a workflow to cancel itself; a repeated or late request has no effect.</summary>
    public void RequestCancel(Transition step, RequestCancelWorkflowExecutionRequest request)
    {
        var run = RequireChain(request.Namespace, request.WorkflowExecution, request.FirstExecutionRunId);
        if (run.IsOpen)
        {
            RequestCancel(step, run, request.Reason, request.Identity, null, 0);
        }
    }

    private void RequestCancel(
        Transition step, WorkflowRun run, string reason, string identity, WorkflowExecution? external, long externalInitiated)
    {
        if (run.CancelRequested || run.Buffered.Exists(e => e.EventType == EventType.WorkflowExecutionCancelRequested))
        {
            return;
        }

        // A request to cancel does not wait for a start delay.
        run.InBackoff = false;
        AddExternal(step, run, new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionCancelRequested,
            WorkflowExecutionCancelRequestedEventAttributes = new WorkflowExecutionCancelRequestedEventAttributes
            {
                Cause = reason,
                Identity = identity,
                ExternalInitiatedEventId = externalInitiated,
                ExternalWorkflowExecution = external,
            },
        });
    }

    private void AddSignal(Transition step, WorkflowRun run, string name, Payloads? input, Header? header, string identity, string requestId)
    {
        if (requestId.Length > 0 && (run.SignalRequestIds.Contains(requestId)
            || run.Buffered.Exists(e => e.WorkflowExecutionSignaledEventAttributes?.RequestId == requestId)))
        {
            return;
        }

        RefuseIfClosing(run);
        if (run.SignalCount >= MaximumSignals)
        {
            throw RpcException.ResourceExhausted("exceeded workflow execution limit for signal events", ResourceExhaustedCause.Unspecified);
        }

        AppendSignal(step, run, name, input, header, identity, requestId, null);
    }

    private void AppendSignal(
        Transition step, WorkflowRun run, string name, Payloads? input, Header? header, string identity, string requestId, WorkflowExecution? external) =>
        AddExternal(step, run, new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionSignaled,
            WorkflowExecutionSignaledEventAttributes = new WorkflowExecutionSignaledEventAttributes
            {
                SignalName = name,
                Input = input,
                Header = header,
                Identity = identity,
                ExternalWorkflowExecution = external,
                RequestId = requestId,
            },
        });

    // The workflow wants to end and has events to see first: with more and more of them it would never get there.
    private static void RefuseIfClosing(WorkflowRun run)
    {
        if (run is { CloseAttempted: true, Task.IsStarted: true })
        {
            throw RpcException.ResourceExhausted("workflow operation can not be applied because workflow is closing", ResourceExhaustedCause.BusyWorkflow);
        }
    }

    private WorkflowRun RequireOpen(string namespaceName, WorkflowExecution execution)
    {
        var run = Runs.Require(namespaceName, execution.WorkflowId, execution.RunId);
        return run.IsOpen ? run : throw RpcException.NotFound("workflow execution already completed");
    }

    private WorkflowRun RequireChain(string namespaceName, WorkflowExecution execution, string firstRunId)
    {
        var run = Runs.Require(namespaceName, execution.WorkflowId, execution.RunId);
        return firstRunId.Length == 0 || run.FirstRunId == firstRunId
            ? run
            : throw RpcException.NotFound($"workflow not found for ID: {execution.WorkflowId}");
    }
}
