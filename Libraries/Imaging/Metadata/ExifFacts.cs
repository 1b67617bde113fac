using System.Globalization;

namespace ImageLibrary.Imaging.Metadata;

/// <summary>The few EXIF fields that matter here. Source: EXIF 2.32, TIFF 6.0.</summary>
/// <param name="Orientation">1 to 8; 1 when absent or nonsense.</param>
internal sealed record ExifFacts(int Orientation)
{
    private const int TagMake = 0x010F;
    private const int TagModel = 0x0110;
    private const int TagOrientation = 0x0112;
    private const int TagDateTime = 0x0132;
    private const int TagExif = 0x8769;
    private const int TagOriginalDateTime = 0x9003;

    internal static ExifFacts None { get; } = new(1);

    /// <summary>Make and model, the make once; null when absent.</summary>
    internal string? Camera { get; private init; }

    /// <summary>When the picture was taken, by the camera's clock; null when absent or nonsense.</summary>
    internal DateTime? TakenAt { get; private init; }

    /// <summary>Reads the first directory and the EXIF directory; damaged fields count as absent.</summary>
    /// <param name="tiff">The data behind the Exif signature.</param>
    internal static ExifFacts Read(ReadOnlySpan<byte> tiff)
    {
        if (TiffDirectory.First(tiff) is not { } first)
        {
            return None;
        }

        var directory = first;
        var orientation = directory.Integer(tiff, TagOrientation);
        var taken = directory.Integer(tiff, TagExif) is { } offset
            && TiffDirectory.At(tiff, offset, directory.LittleEndian) is { } exif
                ? Time(exif.Text(tiff, TagOriginalDateTime)) : null;
        return new ExifFacts(orientation is >= 1 and <= 8 ? (int)orientation : 1)
        {
            Camera = Join(directory.Text(tiff, TagMake), directory.Text(tiff, TagModel)),
            TakenAt = taken ?? Time(directory.Text(tiff, TagDateTime)),
        };
    }

    private static string? Join(string? make, string? model) =>
        make is null || (model is not null && model.StartsWith(make, StringComparison.OrdinalIgnoreCase)) ? model
        : model is null ? make : $"{make} {model}";

    private static DateTime? Time(string? text) => DateTime.TryParseExact(
        text, "yyyy:MM:dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
