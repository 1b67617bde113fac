using System.Globalization;
using System.Net;
using ImageLibrary.Imaging;

namespace ImageLibrary.Cli.Settings;

/// <summary>Reads the values of settings from text.</summary>
internal static class SettingValues
{
    private static readonly (string Suffix, long Factor)[] Sizes =
        [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("B", 1)];

    public static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
            ? port
            : throw new FormatException("a port is a number from 0 to 65535");

    public static int Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw new FormatException("a number of at least 1 is needed");

    /// <summary>A number from 1 to a largest one.</summary>
    public static long Count(string text, long largest) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 && count <= largest
            ? count
            : throw new FormatException($"a number from 1 to {largest.ToString(CultureInfo.InvariantCulture)} is needed");

    /// <summary>A size of at most so many bytes.</summary>
    public static long Size(string text, long largest) =>
        Size(text) is var size && size <= largest ? size : throw new FormatException($"{largest >> 20}MiB is the most");

    /// <summary>A duration of at most so long.</summary>
    public static TimeSpan Duration(string text, TimeSpan longest) =>
        Duration(text) is var duration && duration <= longest ? duration : throw new FormatException($"{longest.TotalHours:0}h is the most");

    /// <summary>A size such as <c>256MiB</c>, <c>1.5GiB</c>, or plain bytes.</summary>
    public static long Size(string text)
    {
        var (suffix, factor) = Sizes.FirstOrDefault(size => text.EndsWith(size.Suffix, StringComparison.OrdinalIgnoreCase), ("", 1));
        return decimal.TryParse(text[..^suffix.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number > 0 && number <= long.MaxValue / factor && number * factor >= 1
            ? (long)(number * factor)
            : throw new FormatException("a size looks like 256MiB or 1.5GiB");
    }

    /// <summary>A duration such as <c>90s</c>, <c>10m</c>, <c>2h</c>, or plain seconds.</summary>
    public static TimeSpan Duration(string text)
    {
        var unit = text is [.., 's' or 'm' or 'h'] ? text[^1] : '\0';
        var seconds = unit switch { 'm' => 60, 'h' => 3600, _ => 1 };
        return double.TryParse(unit == '\0' ? text : text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number > 0 && number * seconds < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(number * seconds)
            : throw new FormatException("a duration looks like 90s, 10m or 2h");
    }

    /// <summary>At least one address, separated by commas.</summary>
    public static IReadOnlyList<IPAddress> Addresses(string text) =>
        Names(text) is { Count: > 0 } names ? [.. names.Select(Address)] : throw NoAddress();

    /// <summary>Formats such as <c>heic,svg</c>.</summary>
    public static ExtraFormats Formats(string text) => Names(text).Aggregate(
        ExtraFormats.None,
        (formats, name) => Enum.GetValues<ExtraFormats>().FirstOrDefault(known => known.ToString().Equals(name, StringComparison.OrdinalIgnoreCase))
            is var format and not ExtraFormats.None
                ? formats | format
                : throw new FormatException("the formats are heic, jpeg2000, jpegxl and svg"));

    public static IReadOnlyList<string> Names(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The full path of a folder.</summary>
    public static string Folder(string text) =>
        string.IsNullOrWhiteSpace(text) ? throw new FormatException("the name of a folder is needed") : Path.GetFullPath(text);

    private static IPAddress Address(string text) => IPAddress.TryParse(text, out var address) ? address : throw NoAddress();

    private static FormatException NoAddress() => new("an IP address such as 127.0.0.1 or 0.0.0.0 is needed");
}
