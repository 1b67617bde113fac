namespace ImageLibrary.Activities;

/// <summary>
/// Bounds the estimated memory of decodes in flight and of the files that they are made from. What is larger than the whole budget is
/// rendered outside of it, one at a time.
/// </summary>
/// <param name="settings">The budget.</param>
public sealed class MemoryBudget(RenderSettings settings) : IDisposable
{
    private readonly Lock gate = new();
    private readonly LinkedList<Waiter> waiters = [];
    private readonly SemaphoreSlim giants = new(1);
    private readonly long budget = settings.MemoryBudget;
    private long used;
    private long held;
    private int running;

    /// <summary>Bytes that are taken now, giants not included.</summary>
    public long Used
    {
        get
        {
            lock (gate)
            {
                return used;
            }
        }
    }

    /// <summary>
    /// Counts memory that is taken anyway, such as a source file's: decodes wait until there is room beside it, or until no other
    /// decode runs, so that who holds memory always gets on.
    /// </summary>
    /// <param name="bytes">Bytes; less than zero gives them back.</param>
    public void Hold(long bytes)
    {
        lock (gate)
        {
            held += bytes;
            Admit();
        }
    }

    /// <summary>Waits, in order, until the memory is free; the calling thread is blocked.</summary>
    /// <param name="bytes">Estimated bytes.</param>
    /// <param name="cancellationToken">Ends the wait; what is admitted stays so.</param>
    /// <returns>Gives the memory back.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before it was admitted.</exception>
    public IDisposable Take(long bytes, CancellationToken cancellationToken)
    {
        if (bytes > budget)
        {
            giants.Wait(cancellationToken);
            return new Giant(giants);
        }
        var waiter = new Waiter(this, bytes);
        lock (gate)
        {
            waiters.AddLast(waiter);
            Admit();
        }
        try
        {
            waiter.Admitted.Wait(cancellationToken);
            return waiter;
        }
        catch (OperationCanceledException)
        {
            Leave(waiter);
            throw;
        }
    }

    /// <summary>Lets go of the gates.</summary>
    public void Dispose() => giants.Dispose();

    private void Admit()
    {
        while (waiters.First?.Value is { } next && (used + held + next.Bytes <= budget || running == 0))
        {
            waiters.RemoveFirst();
            running++;
            used += next.Bytes;
            next.Admitted.Set();
        }
    }

    private void Return(Waiter waiter)
    {
        lock (gate)
        {
            running--;
            used -= waiter.Bytes;
            Admit();
        }
    }

    /// <summary>Who comes behind may fit where this one did not.</summary>
    private void Leave(Waiter waiter)
    {
        lock (gate)
        {
            if (waiters.Remove(waiter))
            {
                Admit();
                waiter.Admitted.Dispose();
                return;
            }
        }
        // Admitted meanwhile.
        waiter.Dispose();
    }

    private sealed class Waiter(MemoryBudget budget, long bytes) : IDisposable
    {
        public ManualResetEventSlim Admitted { get; } = new();

        public long Bytes => bytes;

        public void Dispose()
        {
            budget.Return(this);
            Admitted.Dispose();
        }
    }

    private sealed class Giant(SemaphoreSlim giants) : IDisposable
    {
        public void Dispose() => giants.Release();
    }
}
