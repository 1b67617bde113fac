using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageLibrary.Imaging.Planes;

/// <summary>
/// Sums samples of 16 bits by the weights of each output sample, several rows at once: the weights, which take more memory
/// than the rows, are read once for all of them, and no sum runs across a vector.
/// </summary>
internal static unsafe class HorizontalFilter
{
    /// <summary>Rows at once.</summary>
    internal const int Rows = 8;

    private const int Shift = ResampleAxis.WeightBits + PlaneResampler.MiddleBits;
    private const int Half = 1 << (Shift - 1);

    /// <summary>What is added to each sum so that it is rounded and moved by an offset.</summary>
    internal static int Rounding(double offset) => Half + (int)Math.Round(offset * (1 << Shift));

    /// <summary>The plain form.</summary>
    /// <param name="row">Samples of one row.</param>
    /// <param name="axis">The weights.</param>
    /// <param name="rounding">See <see cref="Rounding"/>.</param>
    /// <param name="target">The output row.</param>
    internal static void Sum(short* row, ResampleAxis axis, int rounding, byte* target)
    {
        for (var x = 0; x < axis.Count; x++)
        {
            var samples = row + axis.Starts[x];
            var weights = axis.WeightsOf(x);
            var sum = rounding;
            for (var tap = 0; tap < weights.Length; tap++)
            {
                sum += weights[tap] * samples[tap];
            }

            target[x] = (byte)Math.Clamp(sum >> Shift, 0, byte.MaxValue);
        }
    }

    /// <summary>
    /// Lays <see cref="Rows"/> rows side by side: two neighbouring samples of each row, then the next two of each row. A
    /// vector then holds the same place of all rows.
    /// </summary>
    /// <param name="rows">Rows of whole vectors.</param>
    /// <param name="stride">Samples from row to row.</param>
    /// <param name="width">Samples of a row that are wanted.</param>
    /// <param name="places">Where they go.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Interleave(short* rows, int stride, int width, short* places)
    {
        var step = (nint)stride;
        for (var x = 0; x < width; x += Vector256<short>.Count)
        {
            var from = rows + x;
            var to = places + (nint)x * Rows;
            var (a, b, c, d) = Transpose(from, step);
            var (e, f, g, h) = Transpose(from + 4 * step, step);
            Halves(a, e, to, 0);
            Halves(b, f, to, 1);
            Halves(c, g, to, 2);
            Halves(d, h, to, 3);
        }
    }

    /// <summary>Four output samples of <see cref="Rows"/> rows a step; writes up to the end of the last step.</summary>
    /// <param name="places">What <see cref="Interleave"/> made.</param>
    /// <param name="axis">The weights.</param>
    /// <param name="rounding">See <see cref="Rounding"/>.</param>
    /// <param name="target">The first output row.</param>
    /// <param name="targetStride">Bytes from output row to output row.</param>
    /// <param name="rows">Output rows to write.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Sum256(short* places, ResampleAxis axis, int rounding, byte* target, int targetStride, int rows)
    {
        // Of four samples of each row, from the order of samples to that of rows.
        var byRow = Vector256.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
        var samples = stackalloc int[Rows];
        fixed (int* pairs = axis.Pairs)
        fixed (int* starts = axis.Starts)
        {
            var taps = (nint)axis.PairCount;
            for (var x = 0; x < axis.Count; x += 4)
            {
                var last = axis.Count - 1;
                var a = places + PlaceOf(starts[x]);
                var b = places + PlaceOf(starts[Math.Min(x + 1, last)]);
                var c = places + PlaceOf(starts[Math.Min(x + 2, last)]);
                var d = places + PlaceOf(starts[Math.Min(x + 3, last)]);
                var w = pairs + (nint)x * taps;
                var sumA = Vector256.Create(rounding);
                var sumB = sumA;
                var sumC = sumA;
                var sumD = sumA;
                for (nint tap = 0; tap < taps; tap++, w++)
                {
                    var place = tap * Vector256<short>.Count;
                    sumA += Product(a + place, w);
                    sumB += Product(b + place, w + taps);
                    sumC += Product(c + place, w + 2 * taps);
                    sumD += Product(d + place, w + 3 * taps);
                }

                var bytes = Avx2.PackUnsignedSaturate(
                    Avx2.PackSignedSaturate(sumA >> Shift, sumB >> Shift), Avx2.PackSignedSaturate(sumC >> Shift, sumD >> Shift));
                Avx2.Shuffle(bytes, byRow).AsInt32().Store(samples);
                for (var y = 0; y < rows; y++)
                {
                    *(int*)(target + (nint)y * targetStride + x) = samples[y];
                }
            }
        }
    }

    /// <summary>Where the pair that a sample belongs to begins.</summary>
    private static nint PlaceOf(int sample) => (nint)(sample / 2) * Vector256<short>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Product(short* place, int* pair) =>
        Avx2.MultiplyAddAdjacent(Vector256.Load(place), Vector256.Create(*pair).AsInt16());

    /// <summary>Four rows of eight pairs, so that each lane holds one pair of all four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<long> A, Vector256<long> B, Vector256<long> C, Vector256<long> D) Transpose(short* rows, nint stride)
    {
        var a = Vector256.Load(rows).AsInt32();
        var b = Vector256.Load(rows + stride).AsInt32();
        var c = Vector256.Load(rows + 2 * stride).AsInt32();
        var d = Vector256.Load(rows + 3 * stride).AsInt32();
        var abLow = Avx2.UnpackLow(a, b).AsInt64();
        var abHigh = Avx2.UnpackHigh(a, b).AsInt64();
        var cdLow = Avx2.UnpackLow(c, d).AsInt64();
        var cdHigh = Avx2.UnpackHigh(c, d).AsInt64();
        return (Avx2.UnpackLow(abLow, cdLow), Avx2.UnpackHigh(abLow, cdLow), Avx2.UnpackLow(abHigh, cdHigh), Avx2.UnpackHigh(abHigh, cdHigh));
    }

    /// <summary>Joins pair <paramref name="index"/>, and the one four later, of the upper and the lower four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Halves(Vector256<long> upper, Vector256<long> lower, short* to, int index)
    {
        Avx2.Permute2x128(upper, lower, 0x20).AsInt16().Store(to + index * Vector256<short>.Count);
        Avx2.Permute2x128(upper, lower, 0x31).AsInt16().Store(to + (index + 4) * Vector256<short>.Count);
    }
}
