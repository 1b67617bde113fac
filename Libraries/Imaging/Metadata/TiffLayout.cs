namespace ImageLibrary.Imaging.Metadata;

/// <summary>How the pixels of a TIFF lie in its file. Source: TIFF 6.0.</summary>
internal static class TiffLayout
{
    private const int TagCompression = 0x103;
    private const int TagRowsPerStrip = 0x116;
    private const int TagPlanarConfiguration = 0x11C;
    private const int TagTileWidth = 0x142;
    private const int TagTileLength = 0x143;
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
        // The directories of the form with offsets of 64 bits are not read here; at most, all is kept.
        var isShort = file[2] == Version || file[3] == Version;
        if (!isShort || TiffDirectory.First(file) is not { } directory)
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

    /// <summary>None, LZW, deflate by both of its numbers, and run lengths; others unpack a strip at a time.</summary>
    private static bool IsUnpackedByRow(uint? compression) => compression is null or 1 or 5 or 8 or 32_946 or 32_773;
}
