using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Imaging.Png;

/// <summary>Turns the rows of one PNG into rows of planes, transparent pixels on white.</summary>
internal sealed unsafe class PngRowConverter
{
    private const int White = 255;

    private readonly PngHeader _header;
    private readonly byte[] _luma = new byte[256];
    private readonly byte[] _blue = new byte[256];
    private readonly byte[] _red = new byte[256];
    private readonly byte[] _opaque;

    internal PngRowConverter(PngHeader header)
    {
        _header = header;
        _opaque = header.HasAlpha && header.Colour != PngColour.Palette ? new byte[header.RowBytes] : [];
        if (header.Colour == PngColour.Palette)
        {
            FillPalette();
        }
        else if (header.Colour == PngColour.Gray)
        {
            var largest = (1 << header.BitDepth) - 1;
            for (var i = 0; i <= largest; i++)
            {
                _luma[i] = (byte)(i * White / largest);
            }
        }
    }

    /// <summary>Converts a row.</summary>
    /// <param name="row">Its bytes, no longer filtered.</param>
    /// <param name="target">The planes.</param>
    /// <param name="y">Number of the row.</param>
    internal void Convert(byte* row, PlanarPicture target, int y)
    {
        var luma = target.Planes[0].Row(y);
        switch (_header.Colour)
        {
            case PngColour.Gray when _header.BitDepth == 8:
                new ReadOnlySpan<byte>(row, _header.Width).CopyTo(new Span<byte>(luma, _header.Width));
                break;
            case PngColour.Gray:
                LookUp(row, luma, _luma);
                break;
            case PngColour.Palette:
                LookUp(row, luma, _luma);
                LookUp(row, target.Planes[1].Row(y), _blue);
                LookUp(row, target.Planes[2].Row(y), _red);
                break;
            case PngColour.GrayAlpha:
                for (var x = 0; x < _header.Width; x++)
                {
                    luma[x] = RgbConverter.OnWhite(row[2 * x], row[2 * x + 1]);
                }

                break;
            case PngColour.Rgb:
                RgbConverter.RowToPlanes(row, _header.Width, 3, luma, target.Planes[1].Row(y), target.Planes[2].Row(y));
                break;
            default:
                ConvertAlpha(row, target, y);
                break;
        }
    }

    private void ConvertAlpha(byte* row, PlanarPicture target, int y)
    {
        fixed (byte* opaque = _opaque)
        {
            for (var i = 0; i < _opaque.Length; i += 4)
            {
                var alpha = row[i + 3];
                opaque[i] = RgbConverter.OnWhite(row[i], alpha);
                opaque[i + 1] = RgbConverter.OnWhite(row[i + 1], alpha);
                opaque[i + 2] = RgbConverter.OnWhite(row[i + 2], alpha);
            }

            RgbConverter.RowToPlanes(
                opaque, _header.Width, 4, target.Planes[0].Row(y), target.Planes[1].Row(y), target.Planes[2].Row(y));
        }
    }

    private void FillPalette()
    {
        var colours = stackalloc byte[3 * 256];
        for (var i = 0; i < _header.Palette.Length; i++)
        {
            var number = i / 3;
            colours[i] = RgbConverter.OnWhite(_header.Palette[i], number < _header.PaletteAlpha.Length ? _header.PaletteAlpha[number] : White);
        }

        fixed (byte* luma = _luma, blue = _blue, red = _red)
        {
            RgbConverter.RowToPlanes(colours, 256, 3, luma, blue, red);
        }
    }

    private void LookUp(byte* row, byte* target, byte[] table)
    {
        var depth = _header.BitDepth;
        if (depth == 8)
        {
            for (var x = 0; x < _header.Width; x++)
            {
                target[x] = table[row[x]];
            }

            return;
        }

        // The leftmost pixel of a byte lies in its highest bits.
        var mask = (1 << depth) - 1;
        for (var x = 0; x < _header.Width; x++)
        {
            var bit = x * depth;
            target[x] = table[(row[bit >> 3] >> (8 - depth - (bit & 7))) & mask];
        }
    }
}
