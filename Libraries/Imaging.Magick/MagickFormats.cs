using System.Buffers.Binary;
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
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => (MagickFormat.Gif, "gif"),
        [(byte)'I', (byte)'I', (byte)'*' or (byte)'+', 0, ..] or [(byte)'M', (byte)'M', 0, (byte)'*' or (byte)'+', ..] => (MagickFormat.Tiff, "tiff"),
        [(byte)'B', (byte)'M', _, _, _, _, _, _, _, _, _, _, _, _, 12 or 40 or 52 or 56 or 64 or 108 or 124, 0, 0, 0, ..] => (MagickFormat.Bmp, "bmp"),
        [0xFF, 0x0A, ..] or [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ', ..] => (MagickFormat.Jxl, "jxl"),
        [0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' ', ..] => (MagickFormat.Jp2, "jp2"),
        [0xFF, 0x4F, 0xFF, 0x51, ..] => (MagickFormat.J2k, "jp2"),
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', _, _, _, _, ..] => DetectContainer(file),
        _ => null,
    };

    /// <summary>Whether the file has the end that its format demands; formats without one count as complete.</summary>
    internal static bool HasEnd(ReadOnlySpan<byte> file, string format) => format switch
    {
        // Cameras and editors append data behind the end marker, so it is looked for in the last part of the file.
        "jpeg" => file[Math.Max(0, file.Length - 65_536)..].LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) >= 0,
        "png" => file[Math.Max(0, file.Length - 4_096)..].LastIndexOf("IEND"u8) >= 0,
        "webp" => file.Length - 8 >= BinaryPrimitives.ReadUInt32LittleEndian(file[4..]),
        "bmp" => file.Length >= BinaryPrimitives.ReadUInt32LittleEndian(file[2..]),
        "gif" => file.TrimEnd((byte)0) is [.., 0x3B],
        _ => true,
    };

    /// <summary>How the first frames of a source are read.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="strict">Whether wrong check sums are faults.</param>
    /// <param name="frames">How many frames.</param>
    internal static MagickReadSettings ReadSettings(MagickFormat reader, bool strict, uint frames = 1)
    {
        var settings = new MagickReadSettings { Format = reader, FrameIndex = 0, FrameCount = frames };
        // A bitmap with something behind it is shown by every viewer.
        settings.SetDefine(MagickFormat.Bmp, "ignore-filesize", true);
        settings.SetDefine(MagickFormat.Png, "ignore-crc", !strict);
        return settings;
    }

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

    /// <summary>By the brands: the major one, and those behind its version with which the file is compatible.</summary>
    private static (MagickFormat Reader, string Name)? DetectContainer(ReadOnlySpan<byte> file)
    {
        var length = Math.Min((int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(file), 256u), file.Length);
        for (var at = 8; at + 4 <= length; at += 4)
        {
            if (at != 12 && file[at..] is [(byte)'a', (byte)'v', (byte)'i', (byte)'f' or (byte)'s', ..])
            {
                return (MagickFormat.Avif, "avif");
            }
        }

        return file[8..] switch
        {
            [(byte)'h', (byte)'e', (byte)'i' or (byte)'v', ..] or [(byte)'m', (byte)'i' or (byte)'s', (byte)'f', (byte)'1', ..] => (MagickFormat.Heic, "heic"),
            _ => null,
        };
    }
}
