using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageLibrary.Imaging.Planes;

/// <summary>
/// Sums rows of a plane by the weights of an output row, to samples of 16 bits. Vector code makes two output rows at once,
/// because most of the rows that they are summed of are the same, and bringing those into shape is half of the work.
/// </summary>
internal sealed unsafe class VerticalFilter
{
    private const int Shift = ResampleAxis.WeightBits - PlaneResampler.MiddleBits;
    private const int Half = 1 << (Shift - 1);

    private readonly Plane _source;
    private readonly ResampleAxis _axis;
    private readonly int[] _upper;
    private readonly int[] _lower;

    /// <summary>Creates a filter of a plane; for one thread.</summary>
    internal VerticalFilter(Plane source, ResampleAxis axis)
    {
        _source = source;
        _axis = axis;
        // Two neighbouring outputs begin less than the taps of one apart.
        _upper = new int[axis.Taps + 1];
        _lower = new int[axis.Taps + 1];
    }

    /// <summary>Makes the output rows from <paramref name="y"/>; vector code also fills them up to a whole vector.</summary>
    /// <param name="y">The first output row.</param>
    /// <param name="count">Output rows.</param>
    /// <param name="rows">Where they go; has room for an even number.</param>
    /// <param name="stride">Samples from row to row.</param>
    /// <param name="vectorBits">The implementation.</param>
    internal void Sum(int y, int count, short* rows, int stride, int vectorBits)
    {
        for (var i = 0; i < count; i += vectorBits == 0 ? 1 : 2)
        {
            var row = rows + (nint)i * stride;
            if (vectorBits == 0)
            {
                SumScalar(y + i, row);
                continue;
            }

            var start = PairUp(y + i, Math.Min(y + i + 1, _axis.Count - 1), out var taps);
            if (vectorBits == 512)
            {
                Sum512(_source.Row(start), taps, row, row + stride);
            }
            else
            {
                Sum256(_source.Row(start), taps, row, row + stride);
            }
        }
    }

    /// <summary>Weights of both outputs for the same input rows, two in a number as one multiply-add takes them.</summary>
    private int PairUp(int upper, int lower, out int taps)
    {
        var start = Math.Min(_axis.Starts[upper], _axis.Starts[lower]);
        taps = Math.Max(_axis.Starts[upper], _axis.Starts[lower]) + _axis.Taps - start;
        PairUp(upper, start, _upper);
        PairUp(lower, start, _lower);
        return start;
    }

    private void PairUp(int output, int start, int[] pairs)
    {
        Array.Clear(pairs);
        var place = _axis.Starts[output] - start;
        foreach (var weight in _axis.WeightsOf(output))
        {
            pairs[place / 2] |= (ushort)weight << (place % 2 * 16);
            place++;
        }
    }

    private void SumScalar(int y, short* row)
    {
        var first = _source.Row(_axis.Starts[y]);
        var weights = _axis.WeightsOf(y);
        for (var x = 0; x < _source.Width; x++)
        {
            var sum = Half;
            for (var tap = 0; tap < weights.Length; tap++)
            {
                sum += weights[tap] * first[(nint)tap * _source.Stride + x];
            }

            row[x] = (short)(sum >> Shift);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum512(byte* first, int taps, short* upperRow, short* lowerRow)
    {
        var stride = (nint)_source.Stride;
        fixed (int* upper = _upper, lower = _lower)
        {
            for (var x = 0; x < _source.Width; x += Vector512<short>.Count)
            {
                var upperLow = Vector512.Create(Half);
                var upperHigh = upperLow;
                var lowerLow = upperLow;
                var lowerHigh = upperLow;
                var samples = first + x;
                for (var tap = 0; tap < taps; tap += 2, samples += 2 * stride)
                {
                    var a = Avx512BW.ConvertToVector512Int16(Vector256.Load(samples));
                    // An odd row at the end may be the plane's last; the other's weight is zero.
                    var b = tap + 1 < taps ? Avx512BW.ConvertToVector512Int16(Vector256.Load(samples + stride)) : a;
                    var low = Avx512BW.UnpackLow(a, b);
                    var high = Avx512BW.UnpackHigh(a, b);
                    var weights = Vector512.Create(upper[tap / 2]).AsInt16();
                    upperLow += Avx512BW.MultiplyAddAdjacent(low, weights);
                    upperHigh += Avx512BW.MultiplyAddAdjacent(high, weights);
                    weights = Vector512.Create(lower[tap / 2]).AsInt16();
                    lowerLow += Avx512BW.MultiplyAddAdjacent(low, weights);
                    lowerHigh += Avx512BW.MultiplyAddAdjacent(high, weights);
                }

                // Packing within 128-bit lanes undoes the order that unpacking within lanes made.
                Avx512BW.PackSignedSaturate(upperLow >> Shift, upperHigh >> Shift).Store(upperRow + x);
                Avx512BW.PackSignedSaturate(lowerLow >> Shift, lowerHigh >> Shift).Store(lowerRow + x);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum256(byte* first, int taps, short* upperRow, short* lowerRow)
    {
        var stride = (nint)_source.Stride;
        fixed (int* upper = _upper, lower = _lower)
        {
            for (var x = 0; x < _source.Width; x += Vector256<short>.Count)
            {
                var upperLow = Vector256.Create(Half);
                var upperHigh = upperLow;
                var lowerLow = upperLow;
                var lowerHigh = upperLow;
                var samples = first + x;
                for (var tap = 0; tap < taps; tap += 2, samples += 2 * stride)
                {
                    var a = Avx2.ConvertToVector256Int16(Vector128.Load(samples));
                    // An odd row at the end may be the plane's last; the other's weight is zero.
                    var b = tap + 1 < taps ? Avx2.ConvertToVector256Int16(Vector128.Load(samples + stride)) : a;
                    var low = Avx2.UnpackLow(a, b);
                    var high = Avx2.UnpackHigh(a, b);
                    var weights = Vector256.Create(upper[tap / 2]).AsInt16();
                    upperLow += Avx2.MultiplyAddAdjacent(low, weights);
                    upperHigh += Avx2.MultiplyAddAdjacent(high, weights);
                    weights = Vector256.Create(lower[tap / 2]).AsInt16();
                    lowerLow += Avx2.MultiplyAddAdjacent(low, weights);
                    lowerHigh += Avx2.MultiplyAddAdjacent(high, weights);
                }

                // Packing within 128-bit lanes undoes the order that unpacking within lanes made.
                Avx2.PackSignedSaturate(upperLow >> Shift, upperHigh >> Shift).Store(upperRow + x);
                Avx2.PackSignedSaturate(lowerLow >> Shift, lowerHigh >> Shift).Store(lowerRow + x);
            }
        }
    }
}
