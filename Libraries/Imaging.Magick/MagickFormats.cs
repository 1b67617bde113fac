using ImageMagick;

namespace ImageLibrary.Imaging.Magick;

/// <summary>
/// Tells formats by content, so that ImageMagick never guesses: among its readers are languages and other programs.
/// </summary>
internal static class MagickFormats
{
    /// <summary>Recognises the formats that are read.</summary>
    /// <returns>The reader and the format's name, or null.</returns>
    internal static (MagickFormat Reader, string Name)? Detect(ReadOnlySpan<byte> file) => file switch
    {
        [0xFF, 0xD8, 0xFF, ..] => (MagickFormat.Jpeg, "jpeg"),
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => (MagickFormat.Png, "png"),
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => (MagickFormat.WebP, "webp"),
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => (MagickFormat.Gif, "gif"),
        [(byte)'I', (byte)'I', (byte)'*' or (byte)'+', 0, ..] or [(byte)'M', (byte)'M', 0, (byte)'*' or (byte)'+', ..] => (MagickFormat.Tiff, "tiff"),
        [(byte)'B', (byte)'M', _, _, _, _, _, _, _, _, _, _, _, _, 12 or 40 or 52 or 56 or 64 or 108 or 124, 0, 0, 0, ..] => (MagickFormat.Bmp, "bmp"),
        [0xFF, 0x0A, ..] or [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ', ..] => (MagickFormat.Jxl, "jxl"),
        [0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' ', ..] => (MagickFormat.Jp2, "jp2"),
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'a', (byte)'v', (byte)'i', (byte)'f' or (byte)'s', ..] => (MagickFormat.Avif, "avif"),
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'h', (byte)'e', (byte)'i' or (byte)'v', ..] => (MagickFormat.Heic, "heic"),
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'m', (byte)'i', (byte)'f', (byte)'1', ..] => (MagickFormat.Heic, "heic"),
        _ => null,
    };

    /// <summary>The writer of an output format.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    internal static MagickFormat Writer(string format) => format switch
    {
        "jpeg" => MagickFormat.Jpeg,
        "png" => MagickFormat.Png,
        "webp" => MagickFormat.WebP,
        "avif" => MagickFormat.Avif,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "no encoder"),
    };
}
