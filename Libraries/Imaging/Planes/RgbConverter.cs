using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ImageLibrary.Imaging.Buffers;

namespace ImageLibrary.Imaging.Planes;

/// <summary>Between interleaved sRGB samples and full-range BT.601 planes. Source: ITU-T T.871 (JFIF).</summary>
internal static unsafe class RgbConverter
{
    private const int Bits = 15;
    private const int Half = 1 << (Bits - 1);
    private const int ChromaZero = 128 << Bits;

    // Weights of 15 bits, which vector code multiplies in one step. Those of luma sum to one, those of chroma to zero.
    private const short LumaRed = 9798;
    private const short LumaGreen = 19235;
    private const short LumaBlue = 3735;
    private const short BlueRed = -5529;
    private const short BlueGreen = -10855;
    private const short RedGreen = -13720;
    private const short RedBlue = -2664;
    private const short HalfChroma = 16384;

    private const int SampleBits = 16;
    private const int SampleHalf = 1 << (SampleBits - 1);

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
                RowToPlanes(row, width, bands, picture.Planes[0].Row(y), picture.Planes[1].Row(y), picture.Planes[2].Row(y));
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

    /// <summary>A sample of some opacity, laid on white.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte OnWhite(int value, int alpha) =>
        (byte)(byte.MaxValue - ((byte.MaxValue - value) * alpha + byte.MaxValue / 2) / byte.MaxValue);

    /// <summary>Converts a row of 3 or 4 bytes a pixel, of which the fourth is ignored.</summary>
    internal static void RowToPlanes(byte* rgb, int width, int pixelBytes, byte* luma, byte* blue, byte* red)
    {
        var x = Avx2.IsSupported ? VectorsToPlanes(rgb, width, pixelBytes, luma, blue, red) : 0;
        PixelsToPlanes(rgb, x, width, pixelBytes, luma, blue, red);
    }

    /// <summary>The plain form; tests compare the faster one with it.</summary>
    internal static void PixelsToPlanes(byte* rgb, int from, int to, int pixelBytes, byte* luma, byte* blue, byte* red)
    {
        rgb += (nint)from * pixelBytes;
        for (var x = from; x < to; x++, rgb += pixelBytes)
        {
            int r = rgb[0], g = rgb[1], b = rgb[2];
            luma[x] = (byte)((LumaRed * r + LumaGreen * g + LumaBlue * b + Half) >> Bits);
            blue[x] = (byte)((BlueRed * r + BlueGreen * g + HalfChroma * b + ChromaZero + Half - 1) >> Bits);
            red[x] = (byte)((HalfChroma * r + RedGreen * g + RedBlue * b + ChromaZero + Half - 1) >> Bits);
        }
    }

    /// <summary>Eight pixels a step; ends where a vector would be read beyond the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int VectorsToPlanes(byte* rgb, int width, int pixelBytes, byte* luma, byte* blue, byte* red)
    {
        const byte Zero = 0x80;
        var spread = pixelBytes == 3
            ? Vector128.Create(0, 1, 2, Zero, 3, 4, 5, Zero, 6, 7, 8, Zero, 9, 10, 11, Zero)
            : Vector128.Create(0, 1, 2, Zero, 4, 5, 6, Zero, 8, 9, 10, Zero, 12, 13, 14, Zero);
        var toLuma = Weights(LumaRed, LumaGreen, LumaBlue);
        var toBlue = Weights(BlueRed, BlueGreen, HalfChroma);
        var toRed = Weights(HalfChroma, RedGreen, RedBlue);
        var x = 0;
        for (; (x + 4) * pixelBytes + Vector128<byte>.Count <= width * pixelBytes; x += 8)
        {
            var from = rgb + (nint)x * pixelBytes;
            var low = Avx2.ConvertToVector256Int16(Ssse3.Shuffle(Vector128.Load(from), spread));
            var high = Avx2.ConvertToVector256Int16(Ssse3.Shuffle(Vector128.Load(from + 4 * pixelBytes), spread));
            Sum(low, high, toLuma, Half, luma + x);
            Sum(low, high, toBlue, ChromaZero + Half - 1, blue + x);
            Sum(low, high, toRed, ChromaZero + Half - 1, red + x);
        }

        return x;
    }

    private static Vector256<short> Weights(short red, short green, short blue) =>
        Vector256.Create((ushort)red | (ulong)(ushort)green << 16 | (ulong)(ushort)blue << 32).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sum(Vector256<short> low, Vector256<short> high, Vector256<short> weights, int addend, byte* target)
    {
        // Adding neighbours works within halves of a vector, which leaves the pairs of pixels in the order 0, 2, 1, 3.
        var pairs = Avx2.HorizontalAdd(Avx2.MultiplyAddAdjacent(low, weights), Avx2.MultiplyAddAdjacent(high, weights));
        var sums = (Avx2.Permute4x64(pairs.AsInt64(), 0b11_01_10_00).AsInt32() + Vector256.Create(addend)) >> Bits;
        var words = Sse2.PackSignedSaturate(sums.GetLower(), sums.GetUpper());
        Unsafe.WriteUnaligned(target, Sse2.PackUnsignedSaturate(words, words).AsUInt64().ToScalar());
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RowToSamples(byte* luma, byte* blue, byte* red, int width, byte* rgb)
    {
        for (var x = 0; x < width; x++, rgb += 3)
        {
            int y = (luma[x] << SampleBits) + SampleHalf, u = blue[x] - 128, v = red[x] - 128;
            rgb[0] = Saturate((y + 91881 * v) >> SampleBits);
            rgb[1] = Saturate((y - 22554 * u - 46802 * v) >> SampleBits);
            rgb[2] = Saturate((y + 116130 * u) >> SampleBits);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Saturate(int value) => (byte)Math.Clamp(value, 0, byte.MaxValue);
}
