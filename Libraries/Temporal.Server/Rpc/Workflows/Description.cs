using Google.Protobuf.WellKnownTypes;
using ImageLibrary.Temporal.Server.Execution;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Rpc;

/// <summary>What a person sees of one run: its facts and everything that is pending.</summary>
internal static class Description
{
    public static DescribeWorkflowExecutionResponse Of(WorkflowRun run)
    {
        var description = new DescribeWorkflowExecutionResponse
        {
            ExecutionConfig = new WorkflowExecutionConfig
            {
                TaskQueue = new TaskQueue { Name = run.TaskQueue, Kind = TaskQueueKind.Normal },
                WorkflowExecutionTimeout = run.Start.WorkflowExecutionTimeout,
                WorkflowRunTimeout = run.Start.WorkflowRunTimeout,
                DefaultWorkflowTaskTimeout = Duration.FromTimeSpan(run.TaskTimeout),
                UserMetadata = run.UserMetadata,
            },
            WorkflowExecutionInfo = Info(run),
            WorkflowExtendedInfo = new WorkflowExecutionExtendedInfo
            {
                ExecutionExpirationTime = run.Start.WorkflowExecutionExpirationTime,
                RunExpirationTime = run.RunExpiration is { } expiration ? Timestamp.FromDateTimeOffset(expiration) : null,
                CancelRequested = run.CancelRequested,
                OriginalStartTime = Timestamp.FromDateTimeOffset(run.StartTime),
            },
        };
        if (!run.IsOpen)
        {
            return description;
        }

        description.PendingActivities.AddRange(run.Activities.Values.Where(activity => !activity.IsResolved).Select(Pending));
        description.PendingChildren.AddRange(run.Children.Values.Select(child => new PendingChildExecutionInfo
        {
            WorkflowId = child.Command.WorkflowId,
            RunId = child.RunId,
            WorkflowTypeName = child.Command.WorkflowType.Name,
            InitiatedId = child.InitiatedEventId,
            ParentClosePolicy = child.Command.ParentClosePolicy,
        }));
        if (run.Task is { } task)
        {
            description.PendingWorkflowTask = new PendingWorkflowTaskInfo
            {
                State = task.IsStarted ? PendingWorkflowTaskState.Started : PendingWorkflowTaskState.Scheduled,
                ScheduledTime = Timestamp.FromDateTimeOffset(task.ScheduledTime),
                OriginalScheduledTime = Timestamp.FromDateTimeOffset(task.OriginalScheduledTime),
                StartedTime = task.IsStarted ? Timestamp.FromDateTimeOffset(task.StartedTime) : null,
                Attempt = task.Attempt,
            };
        }

        return description;
    }

    private static WorkflowExecutionInfo Info(WorkflowRun run) => new()
    {
        Execution = run.Execution,
        Type = run.Start.WorkflowType,
        StartTime = Timestamp.FromDateTimeOffset(run.StartTime),
        ExecutionTime = Timestamp.FromDateTimeOffset(run.ExecutionTime),
        CloseTime = run.CloseTime is { } closed ? Timestamp.FromDateTimeOffset(closed) : null,
        ExecutionDuration = run.CloseTime is { } end ? Duration.FromTimeSpan(end - run.ExecutionTime) : null,
        Status = run.Status,
        HistoryLength = run.NextEventId - 1,
        HistorySizeBytes = run.HistorySize,
        ParentNamespaceId = run.Start.ParentWorkflowNamespaceId,
        ParentExecution = run.Start.ParentWorkflowExecution,
        RootExecution = run.Start.RootWorkflowExecution ?? run.Execution,
        FirstRunId = run.FirstRunId,
        Memo = new Memo(run.Memo),
        SearchAttributes = new SearchAttributes(run.SearchAttributes),
        TaskQueue = run.TaskQueue,
        StateTransitionCount = run.StateTransitions,
        Priority = run.Start.Priority,
    };

    private static PendingActivityInfo Pending(ActivityState activity) => new()
    {
        ActivityId = activity.Id,
        ActivityType = activity.Command.ActivityType,
        State = activity.StartedTime is null
            ? PendingActivityState.Scheduled
            : activity.CancelRequestedEventId != 0 ? PendingActivityState.CancelRequested : PendingActivityState.Started,
        HeartbeatDetails = activity.HeartbeatDetails,
        LastHeartbeatTime = activity.LastHeartbeat is { } heartbeat ? Timestamp.FromDateTimeOffset(heartbeat) : null,
        LastStartedTime = activity.StartedTime is { } started ? Timestamp.FromDateTimeOffset(started) : null,
        Attempt = activity.Attempt,
        MaximumAttempts = activity.Command.RetryPolicy.MaximumAttempts,
        ScheduledTime = Timestamp.FromDateTimeOffset(activity.AttemptScheduledTime),
        ExpirationTime = activity.Expiration is { } expiration ? Timestamp.FromDateTimeOffset(expiration) : null,
        LastFailure = activity.LastFailure,
        LastWorkerIdentity = activity.StartedTime is null ? activity.LastIdentity : activity.Identity,
        LastAttemptCompleteTime = activity.LastAttemptCompleted is { } completed ? Timestamp.FromDateTimeOffset(completed) : null,
        NextAttemptScheduleTime = activity.StartedTime is null && activity.Attempt > 1 ? Timestamp.FromDateTimeOffset(activity.AttemptScheduledTime) : null,
        CurrentRetryInterval = activity.StartedTime is null && activity.LastAttemptCompleted is { } last
            ? Duration.FromTimeSpan(activity.AttemptScheduledTime - last)
            : null,
        Priority = activity.Command.Priority,
    };
}
