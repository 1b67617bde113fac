using System.Globalization;

namespace ImageLibrary.Temporal.Server.Wire;

/// <summary>The header <c>grpc-timeout</c>: at most eight digits and a unit, as in <c>9938m</c> or <c>30S</c>.</summary>
internal static class GrpcTimeout
{
    /// <summary>Longer timeouts are cut to this, which timers can wait for.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    public static TimeSpan? Parse(string? value)
    {
        if (value is not { Length: >= 2 and <= 9 }
            || !long.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
        {
            return null;
        }

        TimeSpan? timeout = value[^1] switch
        {
            'H' => TimeSpan.FromHours(amount),
            'M' => TimeSpan.FromMinutes(amount),
            'S' => TimeSpan.FromSeconds(amount),
            'm' => TimeSpan.FromMilliseconds(amount),
            'u' => TimeSpan.FromMicroseconds(amount),
            'n' => TimeSpan.FromTicks(amount / TimeSpan.NanosecondsPerTick),
            _ => null,
        };
        return timeout > Longest ? Longest : timeout;
    }
}
