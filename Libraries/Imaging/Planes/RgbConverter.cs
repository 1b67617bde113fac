using System.Runtime.CompilerServices;
using ImageLibrary.Imaging.Buffers;

namespace ImageLibrary.Imaging.Planes;

/// <summary>Between interleaved sRGB samples and full-range BT.601 planes. Source: ITU-T T.871 (JFIF).</summary>
internal static unsafe class RgbConverter
{
    private const int Bits = 16;
    private const int Half = 1 << (Bits - 1);
    private const int ChromaZero = 128 << Bits;

    /// <summary>Makes planes without chroma reduction.</summary>
    /// <param name="samples">Rows without gaps.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="bands">1 for gray, 3 for sRGB.</param>
    /// <param name="pool">Where the planes come from.</param>
    internal static PlanarPicture ToPlanes(byte* samples, int width, int height, int bands, NativeBufferPool pool)
    {
        var picture = PlanarPicture.Rent(pool, width, height, ChromaSampling.Full, gray: bands == 1);
        for (var y = 0; y < height; y++)
        {
            var row = samples + (nint)y * width * bands;
            if (bands == 1)
            {
                new ReadOnlySpan<byte>(row, width).CopyTo(new Span<byte>(picture.Planes[0].Row(y), width));
            }
            else
            {
                RowToPlanes(row, width, picture.Planes[0].Row(y), picture.Planes[1].Row(y), picture.Planes[2].Row(y));
            }
        }

        return picture;
    }

    /// <summary>Makes interleaved samples of a picture without chroma reduction: 1 band for gray, else 3.</summary>
    internal static NativeBuffer ToSamples(PlanarPicture picture, NativeBufferPool pool)
    {
        var width = (int)picture.Width;
        var height = (int)picture.Height;
        var bands = picture.Planes.Count;
        var samples = pool.Rent((nuint)width * (nuint)height * (nuint)bands);
        for (var y = 0; y < height; y++)
        {
            var row = samples.Pointer + (nint)y * width * bands;
            if (bands == 1)
            {
                picture.Planes[0].RowSpan(y).CopyTo(new Span<byte>(row, width));
            }
            else
            {
                RowToSamples(picture.Planes[0].Row(y), picture.Planes[1].Row(y), picture.Planes[2].Row(y), width, row);
            }
        }

        return samples;
    }

    private static void RowToPlanes(byte* rgb, int width, byte* luma, byte* blue, byte* red)
    {
        for (var x = 0; x < width; x++, rgb += 3)
        {
            int r = rgb[0], g = rgb[1], b = rgb[2];
            luma[x] = (byte)((19595 * r + 38470 * g + 7471 * b + Half) >> Bits);
            blue[x] = (byte)((-11059 * r - 21709 * g + 32768 * b + ChromaZero + Half - 1) >> Bits);
            red[x] = (byte)((32768 * r - 27439 * g - 5329 * b + ChromaZero + Half - 1) >> Bits);
        }
    }

    private static void RowToSamples(byte* luma, byte* blue, byte* red, int width, byte* rgb)
    {
        for (var x = 0; x < width; x++, rgb += 3)
        {
            int y = (luma[x] << Bits) + Half, u = blue[x] - 128, v = red[x] - 128;
            rgb[0] = Saturate((y + 91881 * v) >> Bits);
            rgb[1] = Saturate((y - 22554 * u - 46802 * v) >> Bits);
            rgb[2] = Saturate((y + 116130 * u) >> Bits);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Saturate(int value) => (byte)Math.Clamp(value, 0, byte.MaxValue);
}
