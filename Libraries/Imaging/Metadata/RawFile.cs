namespace ImageLibrary.Imaging.Metadata;

/// <summary>
/// Cameras' RAW files: recognised by content, and shown by the largest JPEG in them. It is searched for, because every
/// maker hides it elsewhere, some in undocumented notes; what is found must have a sensible header and an end.
/// Sources: TIFF 6.0, DNG 1.6, and the signatures that makers use.
/// </summary>
internal static class RawFile
{
    // Pictures lie behind each other and are walked over once, their headers twice. Where a file has start markers everywhere,
    // each the beginning of a walk to its end, the search ends with what it has found by then.
    private const int WalksOfTheWhole = 4;

    private const int TagMake = 0x010F;
    private const int TagCompression = 0x0103;
    private const int TagSubDirectories = 0x014A;
    private const int TagDngVersion = 0xC612;

    // Makers' own compressions, as they stand in the first directory or nowhere else.
    private const int CompressionSony = 32767;
    private const int CompressionNikon = 34713;
    private const int CompressionPentax = 65535;

    /// <summary>Names the RAW format.</summary>
    /// <returns>Null for any other file.</returns>
    internal static string? Detect(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("FUJIFILMCCD-RAW "u8))
        {
            return "raf";
        }

        if (file.Length >= 12 && file[4..].StartsWith("ftypcrx "u8))
        {
            return "cr3";
        }

        if (file.StartsWith("IIU\0"u8))
        {
            return "rw2";
        }

        if (file.StartsWith("IIRO"u8) || file.StartsWith("IIRS"u8) || file.StartsWith("MMOR"u8))
        {
            return "orf";
        }

        if (!(file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8)))
        {
            return null;
        }

        return file.Length > 10 && file[8..].StartsWith("CR"u8) ? "cr2" : DetectTiff(file);
    }

    /// <summary>Finds the largest JPEG.</summary>
    /// <param name="file">The whole file.</param>
    /// <returns>Where it lies and its header; null when there is none.</returns>
    internal static (Range Place, JpegHeader Header)? FindPreview(ReadOnlySpan<byte> file)
    {
        (Range, JpegHeader)? best = null;
        var largest = 0L;
        var steps = WalksOfTheWhole * (long)file.Length;
        for (var position = 0; steps >= 0;)
        {
            var distance = file[position..].IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);
            if (distance < 0)
            {
                break;
            }

            position += distance;
            var end = 0;
            var header = JpegHeader.Read(file[position..], out var walked);
            steps -= walked;
            if (header is { UnusualProcess: false, Precision: 8, Components: 1 or 3 })
            {
                var ends = JpegSegments.TryFindEnd(file[position..], out end, out walked);
                steps -= walked;
                if (ends && (long)header.Width * header.Height is var pixels && pixels > largest)
                {
                    largest = pixels;
                    best = (position..(position + end), header);
                }
            }

            position += Math.Max(end, 3);
        }

        return best;
    }

    /// <summary>Orientation, camera and time of the RAW file itself.</summary>
    internal static ExifFacts Exif(ReadOnlySpan<byte> file)
    {
        // CR3 has its TIFF directories in boxes; the first is the one with orientation and camera.
        const int SearchedForBox = 1 << 16;
        if (Detect(file) == "cr3")
        {
            var box = file[..Math.Min(file.Length, SearchedForBox)].IndexOf("CMT1"u8);
            return box < 0 ? ExifFacts.None : ExifFacts.Read(file[(box + 4)..]);
        }

        return ExifFacts.Read(file);
    }

    private static string? DetectTiff(ReadOnlySpan<byte> file)
    {
        if (TiffDirectory.First(file) is not { } directory)
        {
            return null;
        }

        if (directory.Has(file, TagDngVersion))
        {
            return "dng";
        }

        var compression = directory.Integer(file, TagCompression);
        if (compression is CompressionSony or CompressionNikon or CompressionPentax)
        {
            return "raw";
        }

        // Scans and exports have no sub-directories together with a maker of cameras.
        return directory.Has(file, TagSubDirectories) && directory.Text(file, TagMake) is { } make
            ? make.Split(' ')[0].ToUpperInvariant() switch
            {
                "NIKON" => "nef",
                "SONY" => "arw",
                "PENTAX" or "RICOH" => "pef",
                "SAMSUNG" => "srw",
                _ => null,
            }
            : null;
    }
}
