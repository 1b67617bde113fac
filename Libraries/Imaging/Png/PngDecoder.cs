using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Native;
using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Imaging.Png;

/// <summary>
/// Decodes PNG to planes: libdeflate unpacks all rows at once, twice as fast as what streams them. Whatever is unusual, large
/// or damaged is left to libvips.
/// </summary>
internal static unsafe class PngDecoder
{
    // All rows and their planes are in memory together, enough for 11 megapixels in colour; libvips streams larger ones.
    private const long MostBytes = 64 << 20;

    // A vector is read from the last pixel.
    private const int Margin = 64;

    /// <summary>Whether the planes of a picture can be had.</summary>
    internal static bool CanDecode(PngHeader header) => NativeLibraryResolver.HasDeflate && header.DataBytes + header.PlaneBytes <= MostBytes;

    /// <summary>Decodes, transparent pixels on white.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="header">Its header, which <see cref="CanDecode"/>.</param>
    /// <param name="pool">Where the planes come from.</param>
    /// <returns>Null when the file is damaged.</returns>
    internal static PlanarPicture? TryDecode(ReadOnlySpan<byte> file, PngHeader header, NativeBufferPool pool)
    {
        var length = (int)header.DataBytes;
        using var rows = pool.Rent((nuint)length + Margin);
        if (!TryInflate(file, header, rows.Span(length), pool))
        {
            return null;
        }

        using var rented = PlanarPicture.Rent(pool, header.Width, header.Height, ChromaSampling.Full, header.IsGray);
        using var first = pool.Rent((nuint)header.RowBytes + Margin);
        first.Span(header.RowBytes + Margin).Clear();
        var converter = new PngRowConverter(header);
        var pixelBytes = Math.Max(1, header.Channels * header.BitDepth / 8);
        var above = first.Pointer;
        var row = rows.Pointer;
        for (var y = 0; y < header.Height; y++, row += header.RowBytes + 1)
        {
            if (!PngFilters.TryUndo(*row, row + 1, above, header.RowBytes, pixelBytes))
            {
                return null;
            }

            above = row + 1;
            converter.Convert(above, rented, y);
        }

        return rented.Detach();
    }

    /// <summary>The stream may be cut into any number of chunks.</summary>
    private static bool TryInflate(ReadOnlySpan<byte> file, PngHeader header, Span<byte> rows, NativeBufferPool pool)
    {
        using var inflater = new PngInflater();
        using var joined = pool.Rent((nuint)file.Length);
        var stream = joined.Span(file.Length);
        var written = 0;
        var position = header.DataStart;
        while (PngHeader.TryReadChunk(file, position, out var type, out var body) && type.SequenceEqual("IDAT"u8))
        {
            body.CopyTo(stream[written..]);
            written += body.Length;
            position += PngHeader.ChunkOverhead + body.Length;
        }

        return inflater.TryInflate(stream[..written], rows);
    }
}
