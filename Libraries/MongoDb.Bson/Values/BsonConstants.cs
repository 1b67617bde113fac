namespace MongoDB.Bson;

/// <summary>Limits of dates.</summary>
public static class BsonConstants
{
    public static long DateTimeMaxValueMillisecondsSinceEpoch { get; } =
        (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    public static long DateTimeMinValueMillisecondsSinceEpoch { get; } =
        (DateTime.MinValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    public static DateTime UnixEpoch => DateTime.UnixEpoch;
}
