namespace Temporalio.Worker.ActivityRuntime;

/// <summary>Spaces starts evenly.</summary>
/// <param name="perSecond">How many there may be in a second, null for no limit.</param>
/// <param name="time">The clock.</param>
internal sealed class RateLimit(double? perSecond, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly long start = time.GetTimestamp();
    private TimeSpan next;

    /// <summary>Waits for the next turn.</summary>
    public ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (perSecond is not { } rate)
        {
            return default;
        }
        TimeSpan wait;
        lock (gate)
        {
            var now = time.GetElapsedTime(start);
            next = next < now ? now : next;
            wait = next - now;
            next += TimeSpan.FromSeconds(1 / rate);
        }
        return wait <= TimeSpan.Zero ? default : new(Task.Delay(wait, time, cancellationToken));
    }
}
