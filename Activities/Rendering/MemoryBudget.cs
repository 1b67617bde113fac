namespace ImageLibrary.Activities;

/// <summary>Bounds the estimated memory of decodes in flight. What is larger than the whole budget runs alone.</summary>
/// <param name="settings">The budget.</param>
public sealed class MemoryBudget(ActivitySettings settings)
{
    private readonly Lock gate = new();
    private readonly List<Waiter> waiters = [];
    private readonly long budget = settings.MemoryBudget;
    private long used;
    private int running;

    /// <summary>Bytes that are taken now.</summary>
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

    /// <summary>Waits, in order, until the memory is free; the calling thread is blocked.</summary>
    /// <param name="bytes">Estimated bytes.</param>
    /// <param name="alone">Nothing else may run meanwhile.</param>
    /// <returns>Gives the memory back.</returns>
    public IDisposable Take(long bytes, bool alone)
    {
        var waiter = new Waiter(this, alone ? budget : Math.Min(bytes, budget), alone);
        lock (gate)
        {
            waiters.Add(waiter);
            Admit();
        }
        waiter.Admitted.Wait();
        return waiter;
    }

    private void Admit()
    {
        while (waiters.Count > 0)
        {
            var next = waiters[0];
            if (running > 0 && (next.Alone || used + next.Bytes > budget))
            {
                return;
            }
            waiters.RemoveAt(0);
            used += next.Bytes;
            running++;
            next.Admitted.Set();
        }
    }

    private void Return(Waiter waiter)
    {
        lock (gate)
        {
            used -= waiter.Bytes;
            running--;
            Admit();
        }
    }

    private sealed class Waiter(MemoryBudget budget, long bytes, bool alone) : IDisposable
    {
        public ManualResetEventSlim Admitted { get; } = new();

        public long Bytes => bytes;

        public bool Alone => alone;

        public void Dispose()
        {
            budget.Return(this);
            Admitted.Dispose();
        }
    }
}
