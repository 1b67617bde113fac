using System.Globalization;

namespace ImageLibrary.Temporal.Server.Visibility;

/// <summary>Times as nanoseconds since 1970 UTC, the form in which they are indexed and compared.</summary>
internal static class Timestamps
{
    private const long NanosecondsPerTick = 100;

    /// <summary>Nanoseconds of <paramref name="time"/>, held within what 64 bits express (years 1678 to 2262).</summary>
    public static long ToNanoseconds(DateTimeOffset time)
    {
        var ticks = (time - DateTimeOffset.UnixEpoch).Ticks;
        return Math.Clamp(ticks, long.MinValue / NanosecondsPerTick, long.MaxValue / NanosecondsPerTick) * NanosecondsPerTick;
    }

    /// <summary>The time at <paramref name="nanoseconds"/>, cut to .NET's 100 ns.</summary>
    public static DateTimeOffset FromNanoseconds(long nanoseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / NanosecondsPerTick);

    /// <summary>Reads RFC 3339 text, such as <c>2026-01-31T12:00:00.5Z</c>, with up to nine decimals of a second.</summary>
    /// <exception cref="FormatException">The text is no RFC 3339 time.</exception>
    public static long Parse(string text)
    {
        var nanosecondsBelowTick = 0L;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0)
        {
            var end = dot + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }
            if (end - dot - 1 is > 7 and <= 9)
            {
                nanosecondsBelowTick = int.Parse(text.AsSpan(dot + 8, end - dot - 8), NumberStyles.None, CultureInfo.InvariantCulture)
                    * (end - dot - 1 == 8 ? 10 : 1);
                text = string.Concat(text.AsSpan(0, dot + 8), text.AsSpan(end));
            }
        }
        string[] formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        var hasZone = text.Length > 19 && (text[^1] is 'Z' || (text[^3] == ':' && text[^6] is '+' or '-'));
        return hasZone && DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? ToNanoseconds(time) + nanosecondsBelowTick
            : throw new FormatException("not an RFC 3339 time");
    }

    /// <summary>RFC 3339 text in UTC.</summary>
    public static string Format(long nanoseconds) =>
        FromNanoseconds(nanoseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
