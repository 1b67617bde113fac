using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ImageLibrary.Imaging.Buffers;

namespace ImageLibrary.Imaging.Planes;

/// <summary>
/// Resamples a plane in both directions. Each output row is first summed vertically into one row of 16-bit samples,
/// which stays in the cache, and then horizontally. The vector code and the scalar code give the same bytes.
/// </summary>
internal static unsafe class PlaneResampler
{
    /// <summary>Fraction bits of the samples between the two directions; leaves headroom for the kernel's overshoot.</summary>
    private const int MiddleBits = 6;

    private const int VerticalShift = ResampleAxis.WeightBits - MiddleBits;
    private const int HorizontalShift = ResampleAxis.WeightBits + MiddleBits;

    /// <summary>Bits of the widest vectors that this processor has and this code uses; 0 for none.</summary>
    internal static int WidestVectors { get; } = Avx512BW.IsSupported ? 512 : Avx2.IsSupported ? 256 : 0;

    /// <summary>Fills <paramref name="target"/>, whose size the axes have, and adds <paramref name="offset"/> to all samples.</summary>
    internal static void Resample(
        Plane source, Plane target, ResampleAxis horizontal, ResampleAxis vertical, double offset, NativeBufferPool pool) =>
        Resample(source, target, horizontal, vertical, offset, pool, WidestVectors);

    /// <summary>The same with a given implementation; tests compare them.</summary>
    internal static void Resample(
        Plane source, Plane target, ResampleAxis horizontal, ResampleAxis vertical, double offset, NativeBufferPool pool,
        int vectorBits)
    {
        var rounding = (1 << (HorizontalShift - 1)) + (int)Math.Round(offset * (1 << HorizontalShift));
        // Vector code reads whole groups of taps beyond the last sample; their weights are zero.
        var middleLength = source.Stride + Math.Max(horizontal.PaddedTaps, Vector512<short>.Count);
        using var middle = pool.Rent((nuint)middleLength * sizeof(short));
        var row = (short*)middle.Pointer;
        new Span<short>(row, middleLength).Clear();
        for (var y = 0; y < vertical.Count; y++)
        {
            var weights = vertical.Weights.AsSpan(y * vertical.PaddedTaps, vertical.PaddedTaps);
            var first = source.Row(vertical.Starts[y]);
            if (vectorBits >= 256)
            {
                if (vectorBits == 512)
                {
                    SumRows512(first, source.Stride, source.Width, weights, vertical.Taps, row);
                }
                else
                {
                    SumRows256(first, source.Stride, source.Width, weights, vertical.Taps, row);
                }

                SumColumns256(row, horizontal, rounding, target.Row(y));
            }
            else
            {
                SumRows(first, source.Stride, source.Width, weights, vertical.Taps, row);
                SumColumns(row, horizontal, rounding, target.Row(y));
            }
        }
    }

    private static void SumRows(byte* first, int stride, int width, ReadOnlySpan<short> weights, int taps, short* row)
    {
        for (var x = 0; x < width; x++)
        {
            var sum = 1 << (VerticalShift - 1);
            for (var tap = 0; tap < taps; tap++)
            {
                sum += weights[tap] * first[(nint)tap * stride + x];
            }

            row[x] = (short)(sum >> VerticalShift);
        }
    }

    private static void SumColumns(short* row, ResampleAxis axis, int rounding, byte* target)
    {
        for (var x = 0; x < axis.Count; x++)
        {
            var samples = row + axis.Starts[x];
            var weights = axis.Weights.AsSpan(x * axis.PaddedTaps, axis.Taps);
            var sum = rounding;
            for (var tap = 0; tap < weights.Length; tap++)
            {
                sum += weights[tap] * samples[tap];
            }

            target[x] = (byte)Math.Clamp(sum >> HorizontalShift, 0, byte.MaxValue);
        }
    }

    /// <summary>Two rows a step: their samples are interleaved, so that one multiply-add takes both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumRows512(byte* first, int stride, int width, ReadOnlySpan<short> weights, int taps, short* row)
    {
        var rounding = Vector512.Create(1 << (VerticalShift - 1));
        for (var x = 0; x < width; x += Vector512<short>.Count)
        {
            var low = rounding;
            var high = rounding;
            var samples = first + x;
            var tap = 0;
            for (; tap + 1 < taps; tap += 2)
            {
                var a = Avx512BW.ConvertToVector512Int16(Vector256.Load(samples));
                var b = Avx512BW.ConvertToVector512Int16(Vector256.Load(samples + stride));
                var pair = Vector512.Create(Pair(weights[tap], weights[tap + 1])).AsInt16();
                low += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(a, b), pair);
                high += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(a, b), pair);
                samples += 2 * (nint)stride;
            }

            if (tap < taps)
            {
                var a = Avx512BW.ConvertToVector512Int16(Vector256.Load(samples));
                var pair = Vector512.Create(Pair(weights[tap], 0)).AsInt16();
                low += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(a, a), pair);
                high += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(a, a), pair);
            }

            // Packing within 128-bit lanes undoes the order that unpacking within lanes made.
            Avx512BW.PackSignedSaturate(low >> VerticalShift, high >> VerticalShift).Store(row + x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumRows256(byte* first, int stride, int width, ReadOnlySpan<short> weights, int taps, short* row)
    {
        var rounding = Vector256.Create(1 << (VerticalShift - 1));
        for (var x = 0; x < width; x += Vector256<short>.Count)
        {
            var low = rounding;
            var high = rounding;
            var samples = first + x;
            var tap = 0;
            for (; tap + 1 < taps; tap += 2)
            {
                var a = Avx2.ConvertToVector256Int16(Vector128.Load(samples));
                var b = Avx2.ConvertToVector256Int16(Vector128.Load(samples + stride));
                var pair = Vector256.Create(Pair(weights[tap], weights[tap + 1])).AsInt16();
                low += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(a, b), pair);
                high += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(a, b), pair);
                samples += 2 * (nint)stride;
            }

            if (tap < taps)
            {
                var a = Avx2.ConvertToVector256Int16(Vector128.Load(samples));
                var pair = Vector256.Create(Pair(weights[tap], 0)).AsInt16();
                low += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(a, a), pair);
                high += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(a, a), pair);
            }

            Avx2.PackSignedSaturate(low >> VerticalShift, high >> VerticalShift).Store(row + x);
        }
    }

    /// <summary>Four output samples a step, so that their horizontal sums share instructions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumColumns256(short* row, ResampleAxis axis, int rounding, byte* target)
    {
        fixed (short* weights = axis.Weights)
        fixed (int* starts = axis.Starts)
        {
            var taps = axis.PaddedTaps;
            var roundings = Vector128.Create(rounding);
            var x = 0;
            for (; x + 4 <= axis.Count; x += 4)
            {
                var w = weights + (nint)x * taps;
                var a = Dot(row + starts[x], w, taps);
                var b = Dot(row + starts[x + 1], w + taps, taps);
                var c = Dot(row + starts[x + 2], w + 2 * taps, taps);
                var d = Dot(row + starts[x + 3], w + 3 * taps, taps);
                var pairs = Avx2.HorizontalAdd(Avx2.HorizontalAdd(a, b), Avx2.HorizontalAdd(c, d));
                var sums = (pairs.GetLower() + pairs.GetUpper() + roundings) >> HorizontalShift;
                var words = Sse2.PackSignedSaturate(sums, sums);
                *(uint*)(target + x) = Sse2.PackUnsignedSaturate(words, words).AsUInt32().ToScalar();
            }

            for (; x < axis.Count; x++)
            {
                var sum = Vector256.Sum(Dot(row + starts[x], weights + (nint)x * taps, taps)) + rounding;
                target[x] = (byte)Math.Clamp(sum >> HorizontalShift, 0, byte.MaxValue);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Dot(short* samples, short* weights, int taps)
    {
        var sum = Avx2.MultiplyAddAdjacent(Vector256.Load(samples), Vector256.Load(weights));
        for (var tap = ResampleAxis.TapGroup; tap < taps; tap += ResampleAxis.TapGroup)
        {
            sum += Avx2.MultiplyAddAdjacent(Vector256.Load(samples + tap), Vector256.Load(weights + tap));
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Pair(short low, short high) => (ushort)low | (high << 16);
}
