namespace MongoDB.Bson.Serialization.Options;

/// <summary>What a number counts that stands for a time.</summary>
public enum TimeSpanUnits
{
    /// <summary>100 nanoseconds.</summary>
    Ticks = 0,
    Days,
    Hours,
    Minutes,
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
}
