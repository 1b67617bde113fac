using System.Globalization;
using ImageLibrary.Core;

namespace ImageLibrary.Storage.Mongo;

/// <summary>
/// Position in the changes of jobs. There is no counter that all writes would have to share: each job counts its own changes, and
/// the position says which ones were seen of the jobs that may still change, or have changed shortly before.
/// </summary>
/// <param name="Time">The server's time of the newest change seen.</param>
/// <param name="Versions">Versions seen, by the jobs' tags.</param>
internal sealed record JobPosition(DateTime Time, IReadOnlyDictionary<string, long> Versions)
{
    /// <summary>How much older than changes already seen a change may still come to light: commands overtake each other.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    /// <summary>Reads a position.</summary>
    /// <exception cref="InvalidCursorException">It is none.</exception>
    public static JobPosition Parse(string text)
    {
        var parts = text.Split(';');
        if (parts.Length < 2 || parts[^1].Length > 0
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            throw new InvalidCursorException();
        }
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var part in parts[1..^1])
        {
            var dot = part.IndexOf('.', StringComparison.Ordinal);
            if (dot <= 0 || !long.TryParse(part.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            {
                throw new InvalidCursorException();
            }
            versions[part[..dot]] = version;
        }
        return new JobPosition(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime, versions);
    }

    /// <summary>The position as text without spaces or line ends.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{new DateTimeOffset(Time, TimeSpan.Zero).ToUnixTimeMilliseconds()};{string.Concat(Versions.Select(job => string.Create(CultureInfo.InvariantCulture, $"{job.Key}.{job.Value};")))}");
}
