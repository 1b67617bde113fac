using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Temporalio.Workflows;

namespace Temporalio.Worker.WorkflowRuntime;

/// <content>The task scheduler and the waits for conditions.</content>
internal sealed partial class WorkflowInstance
{
    private readonly LinkedList<Task> readyTasks = new();
    private readonly LinkedList<PendingCondition> conditions = new();
    private readonly LinkedList<StackTrace> waitingStacks = new();
    private Exception? taskFailure;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Fails the current task; the first failure counts.</summary>
    public void FailTask(Exception failure) => taskFailure ??= failure;

    public Task<bool> WaitConditionAsync(WaitConditionOptions waitOptions)
    {
        RequireWritable("wait");
        return RunOnScheduler(() => WaitForConditionAsync(waitOptions));
    }

    protected override IEnumerable<Task> GetScheduledTasks() => readyTasks;

    protected override void QueueTask(Task task) => readyTasks.AddLast(task);

    protected override bool TryDequeue(Task task) => readyTasks.Remove(task);

    // Running inline would make the order depend on who happens to complete a task.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
    {
        if (!taskWasPreviouslyQueued)
        {
            QueueTask(task);
        }

        return false;
    }

    /// <summary>Runs until everything waits. After each round, the first condition that holds is released and another round
    /// begins.</summary>
    private void RunUntilIdle(bool checkConditions)
    {
        while (readyTasks.First != null)
        {
            while (readyTasks.First is { } first)
            {
                readyTasks.RemoveFirst();
                TryExecuteTask(first.Value);
                if (taskFailure != null)
                {
                    ExceptionDispatchInfo.Throw(taskFailure);
                }
            }

            if (checkConditions)
            {
                ReleaseFirstTrueCondition();
            }
        }
    }

    private void ReleaseFirstTrueCondition()
    {
        if (conditions.Count == 0)
        {
            return;
        }

        var holding = Workflow.WithContext(this, () => conditions.FirstOrDefault(condition => condition.Check()));
        holding?.Source.TrySetResult();
    }

    private async Task<bool> WaitForConditionAsync(WaitConditionOptions waitOptions)
    {
        var token = waitOptions.CancellationToken ?? CancellationToken;
        var condition = new PendingCondition(waitOptions.ConditionCheck);
        var node = conditions.AddLast(condition);
        using var timerCancel = new CancellationTokenSource();
        using var registration = token.Register(() => condition.Source.TrySetCanceled(token));
        try
        {
            if (waitOptions.Timeout is not { } timeout)
            {
                await condition.Source.Task.ConfigureAwait(true);
                return true;
            }

            var timer = DelayAsync(new(timeout, waitOptions.TimeoutSummary, timerCancel.Token));
            if (await Task.WhenAny(condition.Source.Task, timer).ConfigureAwait(true) == timer)
            {
                await timer.ConfigureAwait(true);
                return false;
            }

            await condition.Source.Task.ConfigureAwait(true);
            return true;
        }
        finally
        {
            conditions.Remove(node);
            CancelNow(timerCancel);
        }
    }

    // The asynchronous form would run the callbacks on the thread pool.
    private static void CancelNow(CancellationTokenSource source) => source.Cancel();

    private Task RunOnScheduler(Func<Task> function) => taskFactory.StartNew(WithStackTrace(function)).Unwrap();

    private Task<T> RunOnScheduler<T>(Func<Task<T>> function) =>
        taskFactory.StartNew(WithStackTrace(function)).Unwrap();

    /// <summary>Keeps the caller's stack for the stack trace query while the function's task is open.</summary>
    private Func<TTask> WithStackTrace<TTask>(Func<TTask> function)
        where TTask : Task
    {
        if (options.StackTrace == WorkflowStackTrace.None)
        {
            return function;
        }

        var node = waitingStacks.AddLast(new StackTrace(options.StackTrace == WorkflowStackTrace.Normal));
        return () =>
        {
            var task = function();
            task.ContinueWith(
                _ => waitingStacks.Remove(node), default, TaskContinuationOptions.None, this);
            return task;
        };
    }

    private sealed record PendingCondition(Func<bool> Check)
    {
        public TaskCompletionSource Source { get; } = new();
    }
}
