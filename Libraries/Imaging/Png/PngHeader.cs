using System.Buffers.Binary;

namespace ImageLibrary.Imaging.Png;

/// <summary>What the chunks before the picture's data tell. Source: W3C, Portable Network Graphics, third edition.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="BitDepth">Bits a sample: 1, 2, 4 or 8.</param>
/// <param name="Colour">Colour type.</param>
internal sealed record PngHeader(int Width, int Height, int BitDepth, PngColour Colour)
{
    /// <summary>Bytes of a chunk around its body.</summary>
    internal const int ChunkOverhead = 12;

    private const int SignatureLength = 8;
    private const int HeaderLength = 13;

    /// <summary>Colours of the palette: red, green and blue each.</summary>
    internal byte[] Palette { get; private init; } = [];

    /// <summary>Opacity of the first colours of the palette; the others are opaque.</summary>
    internal byte[] PaletteAlpha { get; private init; } = [];

    /// <summary>Where the first chunk of data begins.</summary>
    internal int DataStart { get; private init; }

    /// <summary>
    /// Whether viewers show something else than these samples as sRGB: the animation that they begin, or other colours by a code
    /// point, a gamma or chromaticities.
    /// </summary>
    internal bool IsShownOtherwise => AnimatedOrCoded || (Calibrated && !Srgb);

    private bool AnimatedOrCoded { get; init; }

    private bool Calibrated { get; init; }

    private bool Srgb { get; init; }

    // As a file of sRGB that tells them may have them: gamma 1/2.2; white, red, green and blue, x and y each. In 1/100,000.
    private static ReadOnlySpan<byte> SrgbGamma => [0, 0, 0xB1, 0x8F];

    private static ReadOnlySpan<byte> SrgbChromaticities =>
    [
        0, 0, 0x7A, 0x26, 0, 0, 0x80, 0x84, 0, 0, 0xFA, 0, 0, 0, 0x80, 0xE8,
        0, 0, 0x75, 0x30, 0, 0, 0xEA, 0x60, 0, 0, 0x3A, 0x98, 0, 0, 0x17, 0x70,
    ];

    internal bool HasAlpha => Colour is PngColour.GrayAlpha or PngColour.RgbAlpha || PaletteAlpha.Length > 0;

    internal bool IsGray => Colour is PngColour.Gray or PngColour.GrayAlpha;

    internal int Channels => Colour switch
    {
        PngColour.Rgb => 3,
        PngColour.RgbAlpha => 4,
        PngColour.GrayAlpha => 2,
        _ => 1,
    };

    /// <summary>Bytes of a row, without the one that names its filter.</summary>
    internal int RowBytes => checked((int)(((long)Width * Channels * BitDepth + 7) / 8));

    /// <summary>Bytes of all rows with their filters.</summary>
    internal long DataBytes => (RowBytes + 1L) * Height;

    /// <summary>Bytes of all planes.</summary>
    internal long PlaneBytes => (long)Width * Height * (IsGray ? 1 : 3);

    /// <summary>Reads the header.</summary>
    /// <param name="file">The whole file, from its signature on.</param>
    /// <returns>Null when something is unusual: interlaced, 16 bits, a colour that counts as transparent, or damage.</returns>
    internal static PngHeader? Read(ReadOnlySpan<byte> file)
    {
        PngHeader? header = null;
        var position = SignatureLength;
        while (TryReadChunk(file, position, out var type, out var body))
        {
            if (header is null)
            {
                header = type.SequenceEqual("IHDR"u8) ? ReadHeader(body) : null;
                if (header is null)
                {
                    return null;
                }
            }
            else if (type.SequenceEqual("PLTE"u8))
            {
                header = header with { Palette = body.ToArray() };
            }
            else if (type.SequenceEqual("tRNS"u8))
            {
                if (header.Colour != PngColour.Palette)
                {
                    return null;
                }

                header = header with { PaletteAlpha = body.ToArray() };
            }
            else if (type.SequenceEqual("IDAT"u8))
            {
                var complete = header.Colour != PngColour.Palette
                    || (header.Palette.Length is > 0 and <= 768 && header.Palette.Length % 3 == 0);
                return complete ? header with { DataStart = position } : null;
            }
            else
            {
                header = header.WithMeaning(type, body);
            }

            position += ChunkOverhead + body.Length;
        }

        return null;
    }

    /// <summary>With what a chunk tells of how the samples are shown.</summary>
    private PngHeader WithMeaning(ReadOnlySpan<byte> type, ReadOnlySpan<byte> body)
    {
        if (type.SequenceEqual("acTL"u8) || type.SequenceEqual("cICP"u8))
        {
            return this with { AnimatedOrCoded = true };
        }

        var calibrated = (type.SequenceEqual("gAMA"u8) && !body.SequenceEqual(SrgbGamma))
            || (type.SequenceEqual("cHRM"u8) && !body.SequenceEqual(SrgbChromaticities));
        return this with { Calibrated = Calibrated || calibrated, Srgb = Srgb || type.SequenceEqual("sRGB"u8) };
    }

    /// <summary>Reads the chunk at a position; false when it is not whole.</summary>
    internal static bool TryReadChunk(ReadOnlySpan<byte> file, int position, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> body)
    {
        type = body = default;
        if (position > file.Length - ChunkOverhead)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(file[position..]);
        if (length > file.Length - position - ChunkOverhead)
        {
            return false;
        }

        type = file.Slice(position + 4, 4);
        body = file.Slice(position + 8, (int)length);
        return true;
    }

    private static PngHeader? ReadHeader(ReadOnlySpan<byte> body)
    {
        if (body.Length != HeaderLength)
        {
            return null;
        }

        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(body), BinaryPrimitives.ReadUInt32BigEndian(body[4..]));
        var (depth, colour) = (body[8], (PngColour)body[9]);
        var plain = body[10] == 0 && body[11] == 0 && body[12] == 0;
        var known = colour switch
        {
            PngColour.Gray or PngColour.Palette => depth is 1 or 2 or 4 or 8,
            PngColour.Rgb or PngColour.GrayAlpha or PngColour.RgbAlpha => depth == 8,
            _ => false,
        };
        return plain && known && width is > 0 and <= ushort.MaxValue && height is > 0 and <= ushort.MaxValue
            ? new PngHeader((int)width, (int)height, depth, colour)
            : null;
    }
}

/// <summary>Colour types by their numbers in the file.</summary>
internal enum PngColour
{
    /// <summary>Gray.</summary>
    Gray = 0,

    /// <summary>Red, green, blue.</summary>
    Rgb = 2,

    /// <summary>Numbers of colours in a palette.</summary>
    Palette = 3,

    /// <summary>Gray and opacity.</summary>
    GrayAlpha = 4,

    /// <summary>Red, green, blue and opacity.</summary>
    RgbAlpha = 6,
}
