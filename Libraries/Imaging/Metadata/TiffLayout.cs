namespace ImageLibrary.Imaging.Metadata;

/// <summary>How the pixels of a TIFF lie in its file. Source: TIFF 6.0.</summary>
internal static class TiffLayout
{
    private const int TagCompression = 0x103;
    private const int TagStripOffsets = 0x111;
    private const int TagRowsPerStrip = 0x116;
    private const int TagStripLengths = 0x117;
    private const int TagPlanarConfiguration = 0x11C;
    private const int TagTileWidth = 0x142;
    private const int TagTileLength = 0x143;
    private const int TagTileOffsets = 0x144;
    private const int TagTileLengths = 0x145;
    private const int Version = 42;
    private const int Planar = 2;

    // Far beyond what libvips accepts.
    private const long MaxTileSide = ushort.MaxValue;

    // libvips keeps tiles until the next row of them is there, and unpacks one.
    private const int TileRows = 3;

    /// <summary>How many pixels libvips keeps unpacked before their rows have their turn.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="width">Width of the first page.</param>
    /// <param name="height">Its height.</param>
    internal static long BufferedPixels(ReadOnlySpan<byte> file, int width, int height)
    {
        if (!IsShort(file) || TiffDirectory.First(file) is not { } directory)
        {
            return (long)width * height;
        }

        if (directory.Integer(file, TagTileLength) is { } tileLength)
        {
            // A tile may be larger than the picture.
            var columns = Math.Max(width, Math.Min(directory.Integer(file, TagTileWidth) ?? 0, MaxTileSide));
            return TileRows * columns * Math.Min(tileLength, MaxTileSide);
        }

        var streams = directory.Integer(file, TagPlanarConfiguration) != Planar && IsUnpackedByRow(directory.Integer(file, TagCompression));
        return streams ? 0 : width * Math.Min(directory.Integer(file, TagRowsPerStrip) ?? uint.MaxValue, height);
    }

    /// <summary>Whether the file has its first directory and the data of its first page.</summary>
    internal static bool IsWhole(ReadOnlySpan<byte> file)
    {
        if (!IsShort(file))
        {
            return true;
        }

        return TiffDirectory.First(file) is { } directory
            && Reach(file, directory, TagStripOffsets, TagStripLengths) <= file.Length
            && Reach(file, directory, TagTileOffsets, TagTileLengths) <= file.Length;
    }

    /// <summary>The farthest end of the parts; beyond everything where the list of them is not whole.</summary>
    private static long Reach(ReadOnlySpan<byte> file, TiffDirectory directory, int offsets, int lengths)
    {
        var starts = directory.Numbers(file, offsets);
        var sizes = directory.Numbers(file, lengths);
        if (starts.IsCut || sizes.IsCut)
        {
            return long.MaxValue;
        }

        var farthest = 0L;
        for (var i = 0; i < Math.Min(starts.Count, sizes.Count); i++)
        {
            farthest = Math.Max(farthest, (long)starts[i] + sizes[i]);
        }

        return farthest;
    }

    /// <summary>The directories of the form with offsets of 64 bits are not read here.</summary>
    private static bool IsShort(ReadOnlySpan<byte> file) => file[2] == Version || file[3] == Version;

    /// <summary>None, LZW, deflate by both of its numbers, and run lengths; others unpack a strip at a time.</summary>
    private static bool IsUnpackedByRow(uint? compression) => compression is null or 1 or 5 or 8 or 32_946 or 32_773;
}
