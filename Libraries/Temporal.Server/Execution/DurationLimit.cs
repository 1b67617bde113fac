using Google.Protobuf.WellKnownTypes;

namespace ImageLibrary.Temporal.Server.Execution;

/// <summary>Longer durations are cut to a hundred years, as by the official server: what is added to a clock must not overflow it.</summary>
internal static class DurationLimit
{
    private const long MaximumSeconds = 100L * 365 * 24 * 3600;

    /// <summary>Cuts durations in place.</summary>
    public static void Cut(params ReadOnlySpan<Duration?> durations)
    {
        foreach (var duration in durations)
        {
            if (duration?.Seconds >= MaximumSeconds)
            {
                (duration.Seconds, duration.Nanos) = (MaximumSeconds, 0);
            }
            else if (duration is { Seconds: < 0 } or { Nanos: < 0 or > Duration.NanosecondsPerSecond - 1 })
            {
                // Negative, or none that the protocol allows: the same as none.
                (duration.Seconds, duration.Nanos) = (0, 0);
            }
        }
    }

    /// <summary>A duration within the limit; zero where there is none.</summary>
    public static TimeSpan Read(Duration? duration)
    {
        var cut = duration?.Clone();
        Cut(cut);
        return cut?.ToTimeSpan() ?? TimeSpan.Zero;
    }
}
