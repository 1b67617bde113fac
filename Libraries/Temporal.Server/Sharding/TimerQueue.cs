namespace ImageLibrary.Temporal.Server.Sharding;

/// <summary>
/// What falls due later, in the order of time. Entries are never removed: whoever is called checks whether the matter still stands.
/// One system timer waits for the earliest entry. Belongs to the shard's loop.
/// </summary>
internal sealed class TimerQueue : IDisposable
{
    private readonly PriorityQueue<Action, long> entries = new();
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private long armed = long.MaxValue;

    public TimerQueue(TimeProvider time, Action<Action> post)
    {
        this.time = time;
        timer = time.CreateTimer(_ => post(Fire), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count => entries.Count;

    /// <summary>Calls back at an instant or soon after it; at once, but not from within this call, if it has passed.</summary>
    public void Add(DateTimeOffset due, Action fire)
    {
        entries.Enqueue(fire, due.UtcTicks);
        if (due.UtcTicks < armed)
        {
            Arm(due.UtcTicks);
        }
    }

    public void Dispose() => timer.Dispose();

    private void Fire()
    {
        armed = long.MaxValue;
        var now = time.GetUtcNow().UtcTicks;
        try
        {
            while (entries.TryPeek(out _, out var due) && due <= now)
            {
                entries.Dequeue()();
            }
        }
        finally
        {
            // The others fall due even where one of them fails.
            if (entries.TryPeek(out _, out var next) && next < armed)
            {
                Arm(next);
            }
        }
    }

    private void Arm(long due)
    {
        armed = due;
        // Rounded up: a timer that fires early would find nothing due.
        var wait = TimeSpan.FromTicks(Math.Max(0, due - time.GetUtcNow().UtcTicks)) + TimeSpan.FromMilliseconds(1);
        timer.Change(wait < TimeSpan.FromDays(40) ? wait : TimeSpan.FromDays(40), Timeout.InfiniteTimeSpan);
    }
}
