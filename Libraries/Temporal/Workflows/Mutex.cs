namespace Temporalio.Workflows;

/// <summary>A mutex for workflow code: deterministic, first come first served, not re-entrant.</summary>
public class Mutex
{
    private readonly Semaphore semaphore = new(1);

    /// <summary>Waits for the mutex.</summary>
    /// <param name="cancellationToken">Cancels the wait; null for <see cref="Workflow.CancellationToken"/>.</param>
    public Task WaitOneAsync(CancellationToken? cancellationToken = null) => semaphore.WaitAsync(cancellationToken);

    /// <summary>Waits for the mutex for a limited time.</summary>
    /// <param name="millisecondsTimeout">Milliseconds; -1 for no limit, 0 to try only.</param>
    /// <param name="cancellationToken">Cancels the wait; null for <see cref="Workflow.CancellationToken"/>.</param>
    /// <returns>False if the time was over first.</returns>
    public Task<bool> WaitOneAsync(int millisecondsTimeout, CancellationToken? cancellationToken = null) =>
        semaphore.WaitAsync(millisecondsTimeout, cancellationToken);

    /// <summary>Waits for the mutex for a limited time.</summary>
    /// <param name="timeout">How long; <see cref="Timeout.InfiniteTimeSpan"/> for no limit, zero to try only.</param>
    /// <param name="cancellationToken">Cancels the wait; null for <see cref="Workflow.CancellationToken"/>.</param>
    /// <returns>False if the time was over first.</returns>
    public Task<bool> WaitOneAsync(TimeSpan timeout, CancellationToken? cancellationToken = null) =>
        semaphore.WaitAsync(timeout, cancellationToken);

    /// <summary>Gives the mutex to the next waiter.</summary>
    /// <exception cref="SynchronizationLockException">Nobody holds it.</exception>
    public void ReleaseMutex()
    {
        try
        {
            semaphore.Release();
        }
        catch (SemaphoreFullException e)
        {
            throw new SynchronizationLockException("The mutex is not held", e);
        }
    }
}
