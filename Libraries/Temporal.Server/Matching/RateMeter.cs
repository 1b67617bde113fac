namespace ImageLibrary.Temporal.Server.Matching;

/// <summary>Counts events a second over the last half minute. Belongs to the shard's loop.</summary>
internal sealed class RateMeter
{
    private const int Seconds = 30;

    private readonly int[] counts = new int[Seconds];
    private long newest;

    public void Count(DateTimeOffset now)
    {
        Advance(now);
        counts[newest % Seconds]++;
    }

    /// <summary>Events per second, averaged.</summary>
    public float Rate(DateTimeOffset now)
    {
        Advance(now);
        return (float)counts.Sum() / Seconds;
    }

    private void Advance(DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        for (var stale = Math.Max(newest + 1, second - Seconds + 1); stale <= second; stale++)
        {
            counts[stale % Seconds] = 0;
        }

        newest = Math.Max(newest, second);
    }
}
