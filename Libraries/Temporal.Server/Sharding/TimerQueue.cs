namespace ImageLibrary.Temporal.Server.Sharding;

/// <summary>
/// What falls due later, in the order of time. An entry is passed over once its matter no longer stands, and such entries are swept out
/// before they outnumber the others: a timeout of a day must not keep in memory, for a day, the activity that ended within a second.
/// One system timer waits for the earliest entry. Belongs to the shard's loop.
/// </summary>
internal sealed class TimerQueue : IDisposable
{
    private const int FirstSweep = 256;

    /// <summary>The longest wait at once: the system's timers stand still while the machine sleeps, and the clock may be set.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly PriorityQueue<Entry, long> entries = new();
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private long armed = long.MaxValue;
    private int sweepAt = FirstSweep;

    public TimerQueue(TimeProvider time, Action<Action> post)
    {
        this.time = time;
        timer = time.CreateTimer(_ => post(Fire), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count => entries.Count;

    /// <summary>Calls back at an instant or soon after it; at once, but not from within this call, if it has passed.</summary>
    /// <param name="due">The instant.</param>
    /// <param name="stands">Whether the matter still stands; once false it stays so.</param>
    /// <param name="fire">Called if the matter stands at that instant.</param>
    public void Add(DateTimeOffset due, Func<bool> stands, Action fire)
    {
        if (entries.Count >= sweepAt)
        {
            Sweep();
        }

        entries.Enqueue(new Entry(stands, fire), due.UtcTicks);
        if (due.UtcTicks < armed)
        {
            Arm(due.UtcTicks);
        }
    }

    public void Dispose() => timer.Dispose();

    // Sweeping whenever the number has doubled costs each entry a constant share.
    private void Sweep()
    {
        var standing = entries.UnorderedItems.Where(item => item.Element.Stands()).ToList();
        entries.Clear();
        entries.EnqueueRange(standing);
        entries.TrimExcess();
        sweepAt = Math.Max(FirstSweep, entries.Count * 2);
    }

    private void Fire()
    {
        armed = long.MaxValue;
        var now = time.GetUtcNow().UtcTicks;
        try
        {
            while (entries.TryPeek(out _, out var due) && due <= now)
            {
                var entry = entries.Dequeue();
                if (entry.Stands())
                {
                    entry.Fire();
                }
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
        timer.Change(wait < LongestWait ? wait : LongestWait, Timeout.InfiniteTimeSpan);
    }

    private readonly record struct Entry(Func<bool> Stands, Action Fire);
}
