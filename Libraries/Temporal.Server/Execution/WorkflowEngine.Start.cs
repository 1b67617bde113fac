using Google.Protobuf.WellKnownTypes;
using ImageLibrary.Temporal.Server.Sharding;
using ImageLibrary.Temporal.Server.Wire;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Sdk.V1;
using Temporalio.Api.WorkflowService.V1;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace ImageLibrary.Temporal.Server.Execution;

/// <content>Starting runs: by clients, as children, and as the next of a chain.</content>
internal sealed partial class WorkflowEngine
{
    /// <summary>Starts a workflow, or answers with the one that runs, as the policies say.</summary>
    /// <returns>The reply, and the first workflow task where the caller will do it itself.</returns>
    public (StartWorkflowExecutionResponse Reply, WorkflowTaskReply? Eager) Start(Transition step, StartWorkflowExecutionRequest request)
    {
        if (FindStarted(step, request) is { } reply)
        {
            return (reply, null);
        }

        var run = StartFromRequest(step, request);
        var eager = request.RequestEagerExecution && run.Task is not null ? StartWorkflowTask(step, run, request.Identity) : null;
        return (Started(run, started: true), eager);
    }

    // Answers for the workflow that holds the id already; null where a new run may begin.
    private StartWorkflowExecutionResponse? FindStarted(Transition step, StartWorkflowExecutionRequest request)
    {
        var existing = Runs.FindCurrent(request.Namespace, request.WorkflowId);
        if (existing is not null && request.RequestId.Length > 0 && existing.StartRequestIds.Contains(request.RequestId))
        {
            return Started(existing, started: true);
        }

        if (existing is { IsOpen: true })
        {
            var terminate = request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.TerminateExisting
                || request.WorkflowIdReusePolicy == TerminateIfRunning;
            if (request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.UseExisting)
            {
                if (request.OnConflictOptions?.AttachRequestId == true)
                {
                    existing.StartRequestIds.Add(request.RequestId);
                    existing.Touch(step);
                }

                return Started(existing, started: false);
            }

            if (!terminate)
            {
                throw AlreadyStarted(existing, "Workflow execution is already running. WorkflowId: " + request.WorkflowId + ", RunId: " + existing.RunId + ".");
            }

            TerminateRun(step, existing, "TerminateIfRunning WorkflowIdReusePolicy", null, "history-service");
        }
        else if (existing is not null)
        {
            RefuseReuse(existing, request.WorkflowIdReusePolicy);
        }

        return null;
    }

    /// <summary>Deprecated in the protocol, but still sent.</summary>
    public static WorkflowIdReusePolicy TerminateIfRunning => (WorkflowIdReusePolicy)4;

    private WorkflowRun StartFromRequest(Transition step, StartWorkflowExecutionRequest request, Action<WorkflowRun>? beforeTask = null)
    {
        var runId = NewRunId();
        var attributes = new WorkflowExecutionStartedEventAttributes
        {
            WorkflowType = request.WorkflowType,
            TaskQueue = NormalQueue(request.TaskQueue.Name),
            Input = request.Input,
            WorkflowExecutionTimeout = request.WorkflowExecutionTimeout ?? new Duration(),
            WorkflowRunTimeout = request.WorkflowRunTimeout ?? new Duration(),
            WorkflowTaskTimeout = request.WorkflowTaskTimeout ?? Duration.FromTimeSpan(TimeSpan.FromSeconds(10)),
            OriginalExecutionRunId = runId,
            FirstExecutionRunId = runId,
            Identity = request.Identity,
            RetryPolicy = request.RetryPolicy is null ? null : Retries.Normalize(request.RetryPolicy),
            Attempt = 1,
            FirstWorkflowTaskBackoff = request.WorkflowStartDelay ?? new Duration(),
            Memo = request.Memo,
            SearchAttributes = request.SearchAttributes,
            Header = request.Header,
            WorkflowId = request.WorkflowId,
            Priority = request.Priority,
            EagerExecutionAccepted = request.RequestEagerExecution && !IsSet(request.WorkflowStartDelay),
        };
        return StartRun(step, request.Namespace, runId, attributes, request.UserMetadata, request.RequestId, beforeTask);
    }

    /// <summary>Creates a run and schedules its first task, or the moment for it.</summary>
    private WorkflowRun StartRun(
        Transition step,
        string namespaceName,
        string runId,
        WorkflowExecutionStartedEventAttributes attributes,
        UserMetadata? metadata,
        string requestId,
        Action<WorkflowRun>? beforeTask = null)
    {
        var executionTimeout = attributes.WorkflowExecutionTimeout?.ToTimeSpan() ?? TimeSpan.Zero;
        if (executionTimeout > TimeSpan.Zero && attributes.WorkflowExecutionExpirationTime is null)
        {
            attributes.WorkflowExecutionExpirationTime = Timestamp.FromDateTimeOffset(step.Now + executionTimeout);
        }

        var run = new WorkflowRun(Runs.NextKey(), namespaceName, attributes.WorkflowId, runId);
        if (requestId.Length > 0)
        {
            run.StartRequestIds.Add(requestId);
        }

        attributes.RootWorkflowExecution ??= run.Execution;
        run.Append(step, new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionStarted,
            WorkflowExecutionStartedEventAttributes = attributes,
            UserMetadata = metadata,
        });
        Runs.Add(run);
        run.InBackoff = run.ExecutionTime > step.Now;
        ArmRun(run);
        beforeTask?.Invoke(run);
        ScheduleWorkflowTask(step, run);
        return run;
    }

    /// <summary>Arms what falls due for a run by itself: its first task after a delay, and its timeout.</summary>
    private void ArmRun(WorkflowRun run)
    {
        if (run.InBackoff)
        {
            shard.Timers.Add(run.ExecutionTime, () => run is { IsOpen: true, InBackoff: true }, () => shard.Apply(step => EndBackoff(step, run)));
        }

        if (run.RunExpiration is { } expiration)
        {
            shard.Timers.Add(expiration, () => run.IsOpen, () => shard.Apply(step => TimeOutRun(step, run)));
        }
    }

    private void EndBackoff(Transition step, WorkflowRun run)
    {
        run.InBackoff = false;
        run.Touch(step);
        ScheduleWorkflowTask(step, run);
    }

    private static void RefuseReuse(WorkflowRun closed, WorkflowIdReusePolicy policy)
    {
        var refused = policy switch
        {
            WorkflowIdReusePolicy.RejectDuplicate => true,
            WorkflowIdReusePolicy.AllowDuplicateFailedOnly => closed.Status is not (WorkflowExecutionStatus.Failed
                or WorkflowExecutionStatus.Canceled or WorkflowExecutionStatus.Terminated or WorkflowExecutionStatus.TimedOut),
            _ => false,
        };
        if (refused)
        {
            throw AlreadyStarted(closed, $"Workflow execution already finished. WorkflowId: {closed.WorkflowId}, RunId: {closed.RunId}. Workflow Id reuse policy: {policy}.");
        }
    }

    private static RpcException AlreadyStarted(WorkflowRun run, string message) =>
        RpcException.AlreadyStarted(message, run.StartRequestIds.FirstOrDefault() ?? string.Empty, run.RunId, run.FirstRunId);

    private static StartWorkflowExecutionResponse Started(WorkflowRun run, bool started) => new()
    {
        RunId = run.RunId,
        Started = started,
        Status = run.Status,
        FirstExecutionRunId = run.FirstRunId,
    };

    private static Temporalio.Api.TaskQueue.V1.TaskQueue NormalQueue(string name) => new() { Name = name, Kind = TaskQueueKind.Normal };

    private static string NewRunId() => Guid.CreateVersion7().ToString();
}
