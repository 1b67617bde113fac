using ImageLibrary.Temporal.Server.Sharding;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace ImageLibrary.Temporal.Server.Execution;

/// <content>After a restart: what is open goes on.</content>
internal sealed partial class WorkflowEngine
{
    private static readonly TimeSpan RollBackDelay = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Loads the open runs, arms what falls due and offers what is scheduled. What the worker of the server's own process had in hand
    /// cannot live any more and is timed out at once; other workers keep their tasks.
    /// </summary>
    /// <param name="workerIdentity">The identity of that worker; null if there is none.</param>
    public void Recover(string? workerIdentity)
    {
        Runs.LoadOpen();
        foreach (var run in Runs.Open.ToList())
        {
            Resume(run, workerIdentity);
        }
    }

    /// <summary>
    /// Puts back runs that a failed handler has changed. What is due for them waits a moment, so that a fault that comes again and again
    /// does not keep the server busy.
    /// </summary>
    /// <param name="parts">What the handler has changed.</param>
    /// <param name="isDiskCurrent">Whether the disk has everything that happened before.</param>
    private void RollBack(IReadOnlyList<ITransitionPart> parts, bool isDiskCurrent)
    {
        foreach (var run in parts.OfType<WorkflowRun>().SelectMany(Runs.Discard).Distinct().ToList())
        {
            if (isDiskCurrent && Runs.Reload(run) is { IsOpen: true } fresh)
            {
                shard.Timers.Add(shard.Now + RollBackDelay, () => fresh.IsOpen, () => Resume(fresh, null));
            }
        }
    }

    private void Resume(WorkflowRun run, string? workerIdentity)
    {
        ArmRun(run);
        foreach (var timer in run.Timers.Values)
        {
            ArmTimer(run, timer, timer.StartedEventId);
        }

        foreach (var activity in run.Activities.Values.Where(activity => !activity.IsResolved).ToList())
        {
            RecoverActivity(run, activity, workerIdentity);
        }

        RecoverTask(run, workerIdentity);
    }

    private void RecoverActivity(WorkflowRun run, ActivityState activity, string? workerIdentity)
    {
        ArmActivity(run, activity);
        if (activity.StartedTime is null)
        {
            ArmRetry(run, activity);
        }
        else if (activity.Identity == workerIdentity)
        {
            shard.Apply(step => TimeOutActivity(step, run, activity, TimeoutType.Heartbeat, isLost: true));
        }
        else
        {
            ArmAttempt(run, activity);
        }
    }

    private void RecoverTask(WorkflowRun run, string? workerIdentity)
    {
        var ownSticky = workerIdentity is not null && run.StickyQueue?.StartsWith(workerIdentity + "-", StringComparison.Ordinal) == true;
        if (run.Task is not { } task)
        {
            run.StickyQueue = ownSticky ? null : run.StickyQueue;
        }
        else if (task.IsStarted && task.Identity == workerIdentity)
        {
            shard.Apply(step => EndFailedTask(step, run, TaskTimedOut(task, TimeoutType.StartToClose)));
        }
        else if (task.IsStarted)
        {
            ArmStartToClose(task.StartedTime, run, task);
        }
        else if (task.OnSticky)
        {
            shard.Apply(step => TimeOutSticky(step, run, task));
        }
        else
        {
            Dispatch(run, task);
        }
    }

    private static HistoryEvent TaskTimedOut(WorkflowTaskState task, TimeoutType type) => new()
    {
        EventType = EventType.WorkflowTaskTimedOut,
        WorkflowTaskTimedOutEventAttributes = new WorkflowTaskTimedOutEventAttributes
        {
            ScheduledEventId = task.ScheduledEventId,
            StartedEventId = task.StartedEventId,
            TimeoutType = type,
        },
    };
}
