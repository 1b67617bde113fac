using System.Runtime.CompilerServices;
using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Imaging.Bmp;

/// <summary>Decodes BMP to planes, transparent pixels on white.</summary>
internal static unsafe class BmpDecoder
{
    // What the vector code that follows takes at once: red, green, blue and a byte that is ignored.
    private const int PixelBytes = 4;
    private const byte White = 255;

    /// <summary>Decodes the rows that are there; the others become white.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="header">Its header.</param>
    /// <param name="pool">Where the planes come from.</param>
    /// <param name="presentRows">How many rows are there.</param>
    internal static PlanarPicture Decode(ReadOnlySpan<byte> file, BmpHeader header, NativeBufferPool pool, out int presentRows)
    {
        var rows = header.HasRunLengths ? header.Height : (int)Math.Min(header.Height, (file.Length - header.DataStart) / (long)header.RowBytes);
        var runs = new BmpRunLengths(file[header.DataStart..], isHalf: header.BitCount == 4);
        var byteEach = header with { BitCount = 8 };
        var unpacked = new byte[header.HasRunLengths ? header.Width : 0];
        using var rented = PlanarPicture.Rent(pool, header.Width, header.Height, ChromaSampling.Full, gray: false);
        using var pixels = pool.Rent((nuint)header.Width * PixelBytes);
        var row = pixels.Span(header.Width * PixelBytes);
        var palette = header.BitCount <= 8 ? Palette(file, header) : [];
        for (var number = 0; number < header.Height; number++)
        {
            if (header.HasRunLengths && number < rows)
            {
                rows = runs.TryNextRow(unpacked) ? rows : number;
            }

            if (number < rows && header.HasRunLengths)
            {
                Unpack(unpacked, byteEach, palette, row);
            }
            else if (number < rows)
            {
                Unpack(file.Slice(header.DataStart + number * header.RowBytes, header.RowBytes), header, palette, row);
            }
            else
            {
                row.Fill(White);
            }

            var y = header.TopDown ? number : header.Height - 1 - number;
            RgbConverter.RowToPlanes(
                pixels.Pointer, header.Width, PixelBytes, rented.Planes[0].Row(y), rented.Planes[1].Row(y), rented.Planes[2].Row(y));
        }

        presentRows = rows;
        return rented.Detach();
    }

    private static void Unpack(ReadOnlySpan<byte> from, BmpHeader header, ReadOnlySpan<byte> palette, Span<byte> row)
    {
        switch (header.BitCount)
        {
            case 24:
                for (int x = 0, at = 0; at < row.Length; x += 3, at += PixelBytes)
                {
                    (row[at], row[at + 1], row[at + 2]) = (from[x + 2], from[x + 1], from[x]);
                }

                break;
            case 16 or 32:
                UnpackFields(from, header, row);
                break;
            default:
                // The leftmost pixel of a byte lies in its highest bits.
                var mask = (1 << header.BitCount) - 1;
                for (int bit = 0, at = 0; at < row.Length; bit += header.BitCount, at += PixelBytes)
                {
                    var colour = (from[bit >> 3] >> (8 - header.BitCount - (bit & 7))) & mask;
                    palette.Slice(PixelBytes * colour, PixelBytes).CopyTo(row[at..]);
                }

                break;
        }
    }

    private static void UnpackFields(ReadOnlySpan<byte> from, BmpHeader header, Span<byte> row)
    {
        var bytes = header.BitCount / 8;
        for (int x = 0, at = 0; at < row.Length; x += bytes, at += PixelBytes)
        {
            var pixel = bytes == 2 ? Unsafe.ReadUnaligned<ushort>(in from[x]) : Unsafe.ReadUnaligned<uint>(in from[x]);
            var alpha = header.Masks.Alpha == 0 ? White : BmpHeader.Channel(pixel, header.Masks.Alpha);
            row[at] = RgbConverter.OnWhite(BmpHeader.Channel(pixel, header.Masks.Red), alpha);
            row[at + 1] = RgbConverter.OnWhite(BmpHeader.Channel(pixel, header.Masks.Green), alpha);
            row[at + 2] = RgbConverter.OnWhite(BmpHeader.Channel(pixel, header.Masks.Blue), alpha);
        }
    }

    /// <summary>All colours that a pixel can name; those that the file lacks are black.</summary>
    private static byte[] Palette(ReadOnlySpan<byte> file, BmpHeader header)
    {
        var colours = new byte[PixelBytes << header.BitCount];
        var end = Math.Min(file.Length, header.DataStart);
        for (int i = 0, at = header.PaletteStart; i < colours.Length && at + 3 <= end; i += PixelBytes, at += header.PaletteStep)
        {
            (colours[i], colours[i + 1], colours[i + 2]) = (file[at + 2], file[at + 1], file[at]);
        }

        return colours;
    }
}
