namespace MongoDB.Bson.Serialization.Options;

/// <summary>What a number counts that stands for a time.</summary>
public enum TimeOnlyUnits
{
    /// <summary>100 nanoseconds.</summary>
    Ticks = 0,
    Hours,
    Minutes,
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
}
