namespace Temporalio.Workflows;

/// <summary>A semaphore for workflow code: deterministic, first come first served.</summary>
public class Semaphore
{
    private readonly LinkedList<TaskCompletionSource<bool>> waiters = new();

    /// <summary>Makes a semaphore with all its permits free.</summary>
    /// <exception cref="ArgumentException">The count is negative.</exception>
    public Semaphore(int initialCount)
    {
        if (initialCount < 0)
        {
            throw new ArgumentException("A semaphore cannot have a negative count", nameof(initialCount));
        }

        Max = initialCount;
        CurrentCount = initialCount;
    }

    /// <summary>The greatest number of permits.</summary>
    public int Max { get; init; }

    /// <summary>The number of free permits.</summary>
    public int CurrentCount { get; private set; }

    /// <summary>Waits for a permit.</summary>
    /// <param name="cancellationToken">Cancels the wait; null for <see cref="Workflow.CancellationToken"/>.</param>
    public Task WaitAsync(CancellationToken? cancellationToken = null) =>
        WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Waits for a permit for a limited time.</summary>
    /// <param name="millisecondsTimeout">Milliseconds; -1 for no limit, 0 to try only.</param>
    /// <param name="cancellationToken">Cancels the wait; null for <see cref="Workflow.CancellationToken"/>.</param>
    /// <returns>False if the time was over first.</returns>
    public Task<bool> WaitAsync(int millisecondsTimeout, CancellationToken? cancellationToken = null) =>
        WaitAsync(TimeSpan.FromMilliseconds(millisecondsTimeout), cancellationToken);

    /// <summary>Waits for a permit for a limited time.</summary>
    /// <param name="timeout">How long; <see cref="Timeout.InfiniteTimeSpan"/> for no limit, zero to try only.</param>
    /// <param name="cancellationToken">Cancels the wait; null for <see cref="Workflow.CancellationToken"/>.</param>
    /// <returns>False if the time was over first.</returns>
    public async Task<bool> WaitAsync(TimeSpan timeout, CancellationToken? cancellationToken = null)
    {
        var token = cancellationToken ?? Workflow.CancellationToken;
        token.ThrowIfCancellationRequested();
        if (CurrentCount > 0)
        {
            CurrentCount--;
            return true;
        }

        if (timeout == TimeSpan.Zero)
        {
            return false;
        }

        var waiter = new TaskCompletionSource<bool>();
        var node = waiters.AddLast(waiter);
        using var timerCancel = new CancellationTokenSource();
        // A waiter that was not yet served leaves the queue, so a release never goes to someone who left.
        using var registration = token.Register(() => Leave(node, () => waiter.TrySetCanceled(token)));
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            _ = ExpireAsync(timeout, node, timerCancel.Token);
        }

        try
        {
            return await waiter.Task.ConfigureAwait(true);
        }
        finally
        {
            CancelTimer(timerCancel);
        }
    }

    /// <summary>Gives a permit back, to the waiter that has waited longest.</summary>
    /// <exception cref="SemaphoreFullException">Every permit is free already.</exception>
    public void Release()
    {
        if (waiters.First is { } first)
        {
            waiters.RemoveFirst();
            first.Value.TrySetResult(true);
        }
        else if (CurrentCount == Max)
        {
            throw new SemaphoreFullException();
        }
        else
        {
            CurrentCount++;
        }
    }

    // CancelAsync would run the callbacks on the thread pool, outside of the workflow's scheduler.
    private static void CancelTimer(CancellationTokenSource timerCancel) => timerCancel.Cancel();

    private static void Leave(LinkedListNode<TaskCompletionSource<bool>> node, Action end)
    {
        if (node.List is { } list)
        {
            list.Remove(node);
            end();
        }
    }

    private static async Task ExpireAsync(
        TimeSpan timeout, LinkedListNode<TaskCompletionSource<bool>> node, CancellationToken cancellationToken)
    {
        try
        {
            await Workflow.DelayAsync(timeout, cancellationToken).ConfigureAwait(true);
            Leave(node, () => node.Value.TrySetResult(false));
        }
        catch (OperationCanceledException)
        {
            // The wait ended before its time was over.
        }
    }
}
