namespace Temporalio.Workflows;

/// <content>Waiting, and tasks on the workflow's scheduler.</content>
public static partial class Workflow
{
    /// <summary>Waits by a durable timer. -1 waits for the cancellation only, 0 counts as 1.</summary>
    /// <param name="millisecondsDelay">Milliseconds.</param>
    /// <param name="cancellationToken">Cancels the timer; null for <see cref="CancellationToken"/>.</param>
    public static Task DelayAsync(int millisecondsDelay, CancellationToken? cancellationToken = null) =>
        DelayAsync(TimeSpan.FromMilliseconds(millisecondsDelay), cancellationToken);

    /// <summary>Waits by a durable timer. <see cref="Timeout.InfiniteTimeSpan"/> waits for the cancellation only, zero
    /// counts as one millisecond.</summary>
    /// <param name="delay">How long.</param>
    /// <param name="cancellationToken">Cancels the timer; null for <see cref="CancellationToken"/>.</param>
    public static Task DelayAsync(TimeSpan delay, CancellationToken? cancellationToken = null) =>
        DelayWithOptionsAsync(new(delay, cancellationToken: cancellationToken));

    /// <summary>Waits by a durable timer.</summary>
    /// <exception cref="ArgumentException">The delay is negative and not infinite.</exception>
    public static Task DelayWithOptionsAsync(DelayOptions options) => Context.DelayAsync(options);

    /// <summary>Waits until a condition holds. It is checked after each step of the workflow; of several waits that
    /// could go on, the first one does, and the others are checked again after it.</summary>
    /// <param name="conditionCheck">The condition, which must not change anything.</param>
    /// <param name="cancellationToken">Cancels the wait; null for <see cref="CancellationToken"/>.</param>
    public static Task WaitConditionAsync(Func<bool> conditionCheck, CancellationToken? cancellationToken = null) =>
        WaitConditionWithOptionsAsync(new(conditionCheck, cancellationToken: cancellationToken));

    /// <summary>Waits until a condition holds or the time is over.</summary>
    /// <param name="conditionCheck">The condition, which must not change anything.</param>
    /// <param name="timeoutMilliseconds">Milliseconds.</param>
    /// <param name="cancellationToken">Cancels the wait; null for <see cref="CancellationToken"/>.</param>
    /// <returns>False if the time was over first.</returns>
    public static Task<bool> WaitConditionAsync(
        Func<bool> conditionCheck, int timeoutMilliseconds, CancellationToken? cancellationToken = null) =>
        WaitConditionAsync(conditionCheck, TimeSpan.FromMilliseconds(timeoutMilliseconds), cancellationToken);

    /// <summary>Waits until a condition holds or the time is over.</summary>
    /// <param name="conditionCheck">The condition, which must not change anything.</param>
    /// <param name="timeout">How long.</param>
    /// <param name="cancellationToken">Cancels the wait; null for <see cref="CancellationToken"/>.</param>
    /// <returns>False if the time was over first.</returns>
    public static Task<bool> WaitConditionAsync(
        Func<bool> conditionCheck, TimeSpan timeout, CancellationToken? cancellationToken = null) =>
        WaitConditionWithOptionsAsync(new(conditionCheck, timeout, cancellationToken: cancellationToken));

    /// <summary>Waits until a condition holds or the time is over.</summary>
    /// <returns>False if the time was over first.</returns>
    public static Task<bool> WaitConditionWithOptionsAsync(WaitConditionOptions options) =>
        Context.WaitConditionAsync(options);

    /// <summary>Starts a function on the workflow's scheduler; the workflow's replacement of <c>Task.Run</c>.</summary>
    /// <param name="function">What to run.</param>
    /// <param name="cancellationToken">Keeps it from starting; null for <see cref="CancellationToken"/>.</param>
    public static Task RunTaskAsync(Func<Task> function, CancellationToken? cancellationToken = null) =>
        Task.Factory.StartNew(
            function, cancellationToken ?? Context.CancellationToken, TaskCreationOptions.None, Scheduler).Unwrap();

    /// <summary>Starts a function on the workflow's scheduler; the workflow's replacement of <c>Task.Run</c>.</summary>
    /// <param name="function">What to run.</param>
    /// <param name="cancellationToken">Keeps it from starting; null for <see cref="CancellationToken"/>.</param>
    public static Task<TResult> RunTaskAsync<TResult>(
        Func<Task<TResult>> function, CancellationToken? cancellationToken = null) =>
        Task.Factory.StartNew(
            function, cancellationToken ?? Context.CancellationToken, TaskCreationOptions.None, Scheduler).Unwrap();

    /// <summary>The workflow's replacement of <c>Task.WhenAny</c>, which can leave the workflow's scheduler.</summary>
    public static Task<Task> WhenAnyAsync(params Task[] tasks) => WhenAnyAsync((IEnumerable<Task>)tasks);

    /// <summary>The workflow's replacement of <c>Task.WhenAny</c>, which can leave the workflow's scheduler.</summary>
    public static async Task<Task> WhenAnyAsync(IEnumerable<Task> tasks)
    {
        RequireWorkflow();
        return await Task.WhenAny(tasks).ConfigureAwait(true);
    }

    /// <summary>The workflow's replacement of <c>Task.WhenAny</c>, which can leave the workflow's scheduler.</summary>
    public static Task<Task<TResult>> WhenAnyAsync<TResult>(params Task<TResult>[] tasks) =>
        WhenAnyAsync((IEnumerable<Task<TResult>>)tasks);

    /// <summary>The workflow's replacement of <c>Task.WhenAny</c>, which can leave the workflow's scheduler.</summary>
    public static async Task<Task<TResult>> WhenAnyAsync<TResult>(IEnumerable<Task<TResult>> tasks)
    {
        RequireWorkflow();
        // The untyped form never continues on the default scheduler.
        return (Task<TResult>)await Task.WhenAny(tasks.Cast<Task>()).ConfigureAwait(true);
    }

    /// <summary>The workflow's replacement of <c>Task.WhenAll</c>.</summary>
    public static Task WhenAllAsync(IEnumerable<Task> tasks)
    {
        RequireWorkflow();
        return Task.WhenAll(tasks);
    }

    /// <summary>The workflow's replacement of <c>Task.WhenAll</c>.</summary>
    public static Task WhenAllAsync(params Task[] tasks)
    {
        RequireWorkflow();
        return Task.WhenAll(tasks);
    }

    /// <summary>The workflow's replacement of <c>Task.WhenAll</c>; the results have the order of the tasks.</summary>
    public static Task<TResult[]> WhenAllAsync<TResult>(IEnumerable<Task<TResult>> tasks)
    {
        RequireWorkflow();
        return Task.WhenAll(tasks);
    }

    /// <summary>The workflow's replacement of <c>Task.WhenAll</c>; the results have the order of the tasks.</summary>
    public static Task<TResult[]> WhenAllAsync<TResult>(params Task<TResult>[] tasks)
    {
        RequireWorkflow();
        return Task.WhenAll(tasks);
    }

    private static TaskScheduler Scheduler => (TaskScheduler)Context;

    private static void RequireWorkflow() => _ = Context;
}
