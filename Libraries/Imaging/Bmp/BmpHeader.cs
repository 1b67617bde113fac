using System.Buffers.Binary;
using System.Numerics;

namespace ImageLibrary.Imaging.Bmp;

/// <summary>The headers of a BMP. Source: Microsoft, BITMAPFILEHEADER, BITMAPCOREHEADER and BITMAPINFOHEADER to BITMAPV5HEADER.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="BitCount">Bits a pixel: 1, 4, 8, 16, 24 or 32.</param>
internal sealed record BmpHeader(int Width, int Height, int BitCount)
{
    private const int FileHeaderLength = 14;
    private const int CoreHeaderLength = 12;
    private const int InfoHeaderLength = 40;
    private const int WithAlphaMask = 56;
    private const int Uncompressed = 0;
    private const int RunLengths8 = 1;
    private const int RunLengths4 = 2;
    private const int BitFields = 3;
    private const int AlphaBitFields = 6;

    /// <summary>Whether the first row in the file is the topmost.</summary>
    internal bool TopDown { get; private init; }

    /// <summary>Whether its rows are packed as run lengths.</summary>
    internal bool HasRunLengths { get; private init; }

    /// <summary>Where the rows begin.</summary>
    internal int DataStart { get; private init; }

    /// <summary>Where the palette begins, blue, green and red each.</summary>
    internal int PaletteStart { get; private init; }

    /// <summary>Bytes of a colour in the palette.</summary>
    internal int PaletteStep { get; private init; }

    /// <summary>Which bits of a pixel of 16 or 32 are red, green, blue and opacity; no opacity means opaque.</summary>
    internal (uint Red, uint Green, uint Blue, uint Alpha) Masks { get; private init; }

    /// <summary>Bytes of a row, filled up to whole groups of four.</summary>
    internal int RowBytes => checked((int)(((long)Width * BitCount + 31) / 32 * 4));

    /// <summary>Whether a file looks like a BMP: two letters alone are too little.</summary>
    internal static bool Matches(ReadOnlySpan<byte> file) =>
        file.StartsWith("BM"u8) && file.Length >= FileHeaderLength + CoreHeaderLength
        && BinaryPrimitives.ReadUInt32LittleEndian(file[FileHeaderLength..]) is CoreHeaderLength or InfoHeaderLength or 52 or WithAlphaMask or 64 or 108 or 124;

    /// <summary>Reads the headers.</summary>
    /// <param name="file">The whole file, which <see cref="Matches"/>.</param>
    /// <param name="unsupported">Whether it is packed in a way that is not read, such as a JPEG inside.</param>
    /// <returns>Null when unsupported, or when the headers make no sense.</returns>
    internal static BmpHeader? Read(ReadOnlySpan<byte> file, out bool unsupported)
    {
        unsupported = false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(file[FileHeaderLength..]);
        var dataStart = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
        if (file.Length < FileHeaderLength + length || dataStart > file.Length)
        {
            return null;
        }

        var info = file.Slice(FileHeaderLength, length);
        return length == CoreHeaderLength
            ? Create(info, (int)dataStart, BinaryPrimitives.ReadUInt16LittleEndian(info[4..]), BinaryPrimitives.ReadUInt16LittleEndian(info[6..]), info[10])
            : ReadInfo(file, info, (int)dataStart, out unsupported);
    }

    private static BmpHeader? ReadInfo(ReadOnlySpan<byte> file, ReadOnlySpan<byte> info, int dataStart, out bool unsupported)
    {
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(info[14..]);
        var compression = BinaryPrimitives.ReadUInt32LittleEndian(info[16..]);
        var fields = compression is BitFields or AlphaBitFields;
        var runs = (compression, bits) is (RunLengths8, 8) or (RunLengths4, 4);
        unsupported = compression != Uncompressed && !runs && !(fields && bits is 16 or 32);
        var header = unsupported ? null : Create(
            info, dataStart, BinaryPrimitives.ReadInt32LittleEndian(info[4..]), BinaryPrimitives.ReadInt32LittleEndian(info[8..]), bits);
        if (header is null || !fields)
        {
            return header is null ? null : header with { HasRunLengths = runs };
        }

        // In longer headers the masks lie inside, behind a short one they follow it: the same place.
        var masks = file[(FileHeaderLength + InfoHeaderLength)..];
        var alpha = info.Length >= WithAlphaMask || compression == AlphaBitFields;
        return masks.Length < (alpha ? 16 : 12) ? null : header with
        {
            Masks = (
                BinaryPrimitives.ReadUInt32LittleEndian(masks), BinaryPrimitives.ReadUInt32LittleEndian(masks[4..]),
                BinaryPrimitives.ReadUInt32LittleEndian(masks[8..]), alpha ? BinaryPrimitives.ReadUInt32LittleEndian(masks[12..]) : 0),
        };
    }

    private static BmpHeader? Create(ReadOnlySpan<byte> info, int dataStart, int width, int height, int bits)
    {
        if (width <= 0 || height is 0 or int.MinValue || bits is not (1 or 4 or 8 or 16 or 24 or 32))
        {
            return null;
        }

        return new BmpHeader(width, Math.Abs(height), bits)
        {
            TopDown = height < 0,
            DataStart = dataStart,
            PaletteStart = FileHeaderLength + info.Length,
            PaletteStep = info.Length == CoreHeaderLength ? 3 : 4,
            Masks = bits == 16 ? (0x7C00u, 0x03E0u, 0x001Fu, 0u) : (0xFF0000u, 0xFF00u, 0xFFu, 0u),
        };
    }

    /// <summary>The part of a pixel under a mask, scaled to 0 to 255.</summary>
    internal static byte Channel(uint pixel, uint mask)
    {
        if (mask == 0)
        {
            return 0;
        }

        var shift = BitOperations.TrailingZeroCount(mask);
        ulong largest = mask >> shift;
        return (byte)(((pixel & mask) >> shift) * 255ul / largest);
    }
}
