using ImageLibrary.Imaging.Bmp;

namespace ImageLibrary.Imaging.Metadata;

/// <summary>Names of formats, and how their files begin and end. A file's name plays no part.</summary>
internal static class ImageFormat
{
    internal const string Jpeg = "jpeg";
    internal const string Png = "png";
    internal const string WebP = "webp";
    internal const string Gif = "gif";
    internal const string Tiff = "tiff";
    internal const string Avif = "avif";
    internal const string JpegXl = "jxl";
    internal const string Bmp = "bmp";
    internal const string Heic = "heic";
    internal const string Jpeg2000 = "jp2";
    internal const string Svg = "svg";

    // What editors write before the first element: declaration, comments, entities.
    private const int SvgPreamble = 4096;

    /// <summary>Recognises the formats that the renderer reads.</summary>
    /// <returns>The format, or null.</returns>
    internal static string? Detect(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return Jpeg;
        }

        if (file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return Png;
        }

        if (file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..12].SequenceEqual("WEBP"u8))
        {
            return WebP;
        }

        if (file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8))
        {
            return Gif;
        }

        if (file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8) || file.StartsWith("II+\0"u8) || file.StartsWith("MM\0+"u8))
        {
            return Tiff;
        }

        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) || file.StartsWith((ReadOnlySpan<byte>)[0, 0, 0, 12, .. "JXL \r\n"u8]))
        {
            return JpegXl;
        }

        return BmpHeader.Matches(file) ? Bmp : IsAvif(file) ? Avif : null;
    }

    /// <summary>Recognises the formats that only <see cref="SystemCodecs"/> reads.</summary>
    /// <returns>The format, or null.</returns>
    internal static string? DetectExtra(ReadOnlySpan<byte> file) => Detect(file) switch
    {
        JpegXl => JpegXl,
        not null => null,
        _ => file.StartsWith((ReadOnlySpan<byte>)[0, 0, 0, 12, .. "jP  "u8]) || file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x4F, 0xFF, 0x51]) ? Jpeg2000
            : file.Length >= 12 && file[4..].StartsWith("ftyp"u8) && IsHeic(file[8..12]) ? Heic
            : IsSvg(file) ? Svg
            : null,
    };

    /// <summary>Recognises formats that the renderer does not read, so that the refusal can name them.</summary>
    /// <returns>The name that people know, or null.</returns>
    internal static string? DetectUnsupported(ReadOnlySpan<byte> file) =>
        file.StartsWith("BM"u8) ? "BMP"
        : file.StartsWith("8BPS"u8) ? "Photoshop"
        : file.StartsWith("%PDF"u8) ? "PDF"
        : null;

    private static bool IsSvg(ReadOnlySpan<byte> file)
    {
        var text = file.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? file[3..] : file;
        return text.TrimStart(" \t\r\n"u8).StartsWith("<"u8) && text[..Math.Min(text.Length, SvgPreamble)].IndexOf("<svg"u8) >= 0;
    }

    private static bool IsHeic(ReadOnlySpan<byte> brand) =>
        brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8);

    /// <summary>Whether the file has the end that its format demands; formats without one count as complete.</summary>
    internal static bool HasEnd(ReadOnlySpan<byte> file, string format) => format switch
    {
        // Cameras and editors append data behind the end marker, so it is looked for in the last part of the file.
        Jpeg => file[Math.Max(0, file.Length - 65536)..].LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) >= 0,
        Png => file[Math.Max(0, file.Length - 4096)..].LastIndexOf("IEND"u8) >= 0,
        WebP => file.Length >= 12 && file.Length - 8 >= System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(file[4..]),
        Gif => file.TrimEnd((byte)0) is [.., 0x3B],
        Tiff => TiffLayout.IsWhole(file),
        Avif => AvifBoxes.AreWhole(file),
        _ => true,
    };

    private static bool IsAvif(ReadOnlySpan<byte> file)
    {
        if (file.Length < 16 || !file[4..8].SequenceEqual("ftyp"u8))
        {
            return false;
        }

        // Major brand, then, behind the version, compatible brands.
        var length = Math.Min((int)Math.Min(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(file), 256u), file.Length);
        for (var at = 8; at + 4 <= length; at += 4)
        {
            if (at != 12 && (file.Slice(at, 4).SequenceEqual("avif"u8) || file.Slice(at, 4).SequenceEqual("avis"u8)))
            {
                return true;
            }
        }

        return false;
    }
}
