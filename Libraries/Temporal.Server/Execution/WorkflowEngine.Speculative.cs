using Google.Protobuf.WellKnownTypes;
using ImageLibrary.Temporal.Server.Sharding;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <content>
/// Speculative workflow tasks: they exist for the sake of updates only, and in memory only. If the workflow rejects the updates, nothing
/// of the task is left; if anything else happens, the task becomes an ordinary one.
/// </content>
internal sealed partial class WorkflowEngine
{
    /// <summary>A speculative task waits for a worker so long; then it is written, and tried again as an ordinary one.</summary>
    private static readonly TimeSpan SpeculativeScheduleToStart = TimeSpan.FromSeconds(5);

    /// <summary>With more events that no completed task has seen, the task is kept: else they would be sent again and again.</summary>
    private const int MaximumUndelivered = 10;

    private void ScheduleForUpdates(Transition step, WorkflowRun run)
    {
        if (!run.IsOpen || run.Task is not null || run.InBackoff)
        {
            return;
        }

        if (run.NextTaskAttempt > 1)
        {
            ScheduleWorkflowTask(step, run);
            return;
        }

        ForgetUnpolledSticky(run);
        var task = new WorkflowTaskState
        {
            Kind = WorkflowTaskKind.Speculative,
            ScheduledEventId = run.NextEventId,
            ScheduledTime = step.Now,
            OriginalScheduledTime = step.Now,
            StartToClose = run.TaskTimeout,
            Queue = run.StickyQueue ?? run.TaskQueue,
            OnSticky = run.StickyQueue is not null,
        };
        run.Task = task;
        step.AfterCommit(() => Dispatch(run, task));
        shard.Timers.Add(
            step.Now + SpeculativeScheduleToStart,
            () => run.Task == task && !task.IsStarted && run.IsOpen && (task.Kind == WorkflowTaskKind.Speculative || task.OnSticky),
            () => shard.Apply(waited => EndUnstarted(waited, run, task)));
    }

    /// <summary>Nobody took the task: its queue is given up.</summary>
    private void EndUnstarted(Transition step, WorkflowRun run, WorkflowTaskState task)
    {
        WriteTask(step, run);
        run.StickyQueue = null;
        run.Append(step, TaskTimedOut(task, TimeoutType.ScheduleToStart));
        ScheduleWorkflowTask(step, run);
    }

    /// <summary>Gives a speculative task its events, because something else is about to be written.</summary>
    private static void WriteTask(Transition step, WorkflowRun run)
    {
        if (run.Task is not { Kind: WorkflowTaskKind.Speculative } task)
        {
            return;
        }

        foreach (var e in UnwrittenEvents(run, task).Take(task.IsStarted ? 2 : 1))
        {
            run.Append(step, e);
        }

        // Timers and queues know the task by this object.
        task.Kind = WorkflowTaskKind.Normal;
        run.Task = task;
    }

    private static bool CanDiscard(WorkflowRun run, WorkflowTaskState task, RespondWorkflowTaskCompletedRequest request)
    {
        if (task.Kind != WorkflowTaskKind.Speculative || request.Commands.Count > 0 || request.ForceCreateNewWorkflowTask
            || !request.Messages.All(message => message.Body.Is(Rejection.Descriptor)))
        {
            return false;
        }

        // Beside the started event that the last completed task ends with, there is its completion.
        var undelivered = task.ScheduledEventId - run.PreviousStartedEventId - 2;
        return undelivered <= (request.Capabilities?.DiscardSpeculativeWorkflowTaskWithEvents == true ? MaximumUndelivered : 0);
    }

    /// <summary>Forgets a speculative task whose updates were all rejected.</summary>
    /// <returns>The event to which the worker takes its history back.</returns>
    private long DiscardTask(Transition step, WorkflowRun run, RespondWorkflowTaskCompletedRequest request)
    {
        run.Task = null;
        AnswerQueries(run, request.QueryResults);
        RejectUpdates(step, run, request.Messages);
        RejectUnprocessed(step, run);
        if (run.HasAdmittedUpdates)
        {
            ScheduleForUpdates(step, run);
        }

        ReleaseQueries(run);
        return run.PreviousStartedEventId;
    }
}
