using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageLibrary.Imaging.Jpeg.Baseline;

/// <summary>
/// Means of 2×2 or 4×4 samples of two blocks at once, without making the samples: the mean of neighbours is a sum of the
/// same coefficients with the mean of their weights, and some of those are zero. Weights are √2·cos(kπ/16) of the inverse
/// transform, averaged.
/// </summary>
internal static unsafe class ReducedTransform
{
    private const int Bits = 13;
    private const int FirstShift = Bits - 2;
    private const int SecondShift = Bits + 5;
    private const short One = 1 << Bits;

    // Of pairs: the second and the sixth coefficient in both means of a half, and the odd ones in the outer and the inner mean.
    private const short Half2 = 7568;
    private const short Half6 = -3135;
    private const short Outer1 = 10498;
    private const short Outer3 = 3686;
    private const short Outer5 = -2463;
    private const short Outer7 = -2088;
    private const short Inner1 = 4348;
    private const short Inner3 = -8900;
    private const short Inner5 = 5947;
    private const short Inner7 = -865;

    // Of four.
    private const short Quarter1 = 7423;
    private const short Quarter3 = -2607;
    private const short Quarter5 = 1742;
    private const short Quarter7 = -1477;

    /// <summary>Makes 4×4 means of each block.</summary>
    /// <param name="pair">The blocks.</param>
    /// <param name="first">Where the samples of one block go.</param>
    /// <param name="firstStride">Bytes from row to row.</param>
    /// <param name="second">Where those of the other go.</param>
    /// <param name="secondStride">Bytes from row to row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Half(in BlockPair pair, byte* first, nint firstStride, byte* second, nint secondStride)
    {
        Vector256<short> x0 = pair.Row(0), x1 = pair.Row(1), x2 = pair.Row(2), x3 = pair.Row(3);
        Vector256<short> x5 = pair.Row(5), x6 = pair.Row(6), x7 = pair.Row(7);
        HalfColumns(
            Avx2.UnpackLow(x0, x2), Avx2.UnpackLow(x6, x6), Avx2.UnpackLow(x1, x3), Avx2.UnpackLow(x5, x7),
            out var a0, out var a1, out var a2, out var a3);
        HalfColumns(
            Avx2.UnpackHigh(x0, x2), Avx2.UnpackHigh(x6, x6), Avx2.UnpackHigh(x1, x3), Avx2.UnpackHigh(x5, x7),
            out var b0, out var b1, out var b2, out var b3);
        var upper = Avx2.PackSignedSaturate(
            HalfRow(Avx2.PackSignedSaturate(a0, b0)), HalfRow(Avx2.PackSignedSaturate(a1, b1)));
        var lower = Avx2.PackSignedSaturate(
            HalfRow(Avx2.PackSignedSaturate(a2, b2)), HalfRow(Avx2.PackSignedSaturate(a3, b3)));
        var samples = Samples(upper, lower).AsInt32();
        for (var y = 0; y < 4; y++)
        {
            *(int*)(first + y * firstStride) = samples.GetElement(y);
            *(int*)(second + y * secondStride) = samples.GetElement(y + 4);
        }
    }

    /// <summary>Makes 2×2 means of each block; the parameters are those of <see cref="Half"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Quarter(in BlockPair pair, byte* first, nint firstStride, byte* second, nint secondStride)
    {
        Vector256<short> x0 = pair.Row(0), x1 = pair.Row(1), x3 = pair.Row(3), x5 = pair.Row(5), x7 = pair.Row(7);
        QuarterColumns(Avx2.UnpackLow(x0, x1), Avx2.UnpackLow(x3, x5), Avx2.UnpackLow(x7, x7), out var a0, out var a1);
        QuarterColumns(Avx2.UnpackHigh(x0, x1), Avx2.UnpackHigh(x3, x5), Avx2.UnpackHigh(x7, x7), out var b0, out var b1);
        var upper = Avx2.PackSignedSaturate(a0, b0);
        var lower = Avx2.PackSignedSaturate(a1, b1);
        var left = Weights(One, Quarter1, 0, Quarter3, 0, Quarter5, 0, Quarter7);
        var right = Weights(One, -Quarter1, 0, -Quarter3, 0, -Quarter5, 0, -Quarter7);
        var sums = Avx2.HorizontalAdd(
            Avx2.HorizontalAdd(Avx2.MultiplyAddAdjacent(upper, left), Avx2.MultiplyAddAdjacent(upper, right)),
            Avx2.HorizontalAdd(Avx2.MultiplyAddAdjacent(lower, left), Avx2.MultiplyAddAdjacent(lower, right)));
        var numbers = Rounded(sums, SecondShift);
        var words = Avx2.PackSignedSaturate(numbers, numbers);
        var samples = Samples(words, words).AsInt16();
        *(short*)first = samples.GetElement(0);
        *(short*)(first + firstStride) = samples.GetElement(1);
        *(short*)second = samples.GetElement(8);
        *(short*)(second + secondStride) = samples.GetElement(9);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void HalfColumns(
        Vector256<short> x02, Vector256<short> x66, Vector256<short> x13, Vector256<short> x57,
        out Vector256<int> y0, out Vector256<int> y1, out Vector256<int> y2, out Vector256<int> y3)
    {
        var outerEven = Product(x02, One, Half2) + Product(x66, Half6, 0);
        var innerEven = Product(x02, One, -Half2) + Product(x66, -Half6, 0);
        var outerOdd = Product(x13, Outer1, Outer3) + Product(x57, Outer5, Outer7);
        var innerOdd = Product(x13, Inner1, Inner3) + Product(x57, Inner5, Inner7);
        y0 = Rounded(outerEven + outerOdd, FirstShift);
        y1 = Rounded(innerEven + innerOdd, FirstShift);
        y2 = Rounded(innerEven - innerOdd, FirstShift);
        y3 = Rounded(outerEven - outerOdd, FirstShift);
    }

    /// <summary>The four means of a row of each block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> HalfRow(Vector256<short> row)
    {
        var left = Avx2.HorizontalAdd(
            Avx2.MultiplyAddAdjacent(row, Weights(One, Outer1, Half2, Outer3, 0, Outer5, Half6, Outer7)),
            Avx2.MultiplyAddAdjacent(row, Weights(One, Inner1, -Half2, Inner3, 0, Inner5, -Half6, Inner7)));
        var right = Avx2.HorizontalAdd(
            Avx2.MultiplyAddAdjacent(row, Weights(One, -Inner1, -Half2, -Inner3, 0, -Inner5, -Half6, -Inner7)),
            Avx2.MultiplyAddAdjacent(row, Weights(One, -Outer1, Half2, -Outer3, 0, -Outer5, Half6, -Outer7)));
        return Rounded(Avx2.HorizontalAdd(left, right), SecondShift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void QuarterColumns(
        Vector256<short> x01, Vector256<short> x35, Vector256<short> x77, out Vector256<int> y0, out Vector256<int> y1)
    {
        y0 = Rounded(Product(x01, One, Quarter1) + Product(x35, Quarter3, Quarter5) + Product(x77, Quarter7, 0), FirstShift);
        y1 = Rounded(Product(x01, One, -Quarter1) + Product(x35, -Quarter3, -Quarter5) + Product(x77, -Quarter7, 0), FirstShift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Rounded(Vector256<int> sums, int shift) => (sums + Vector256.Create(1 << (shift - 1))) >> shift;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Product(Vector256<short> pairs, short low, short high) =>
        Avx2.MultiplyAddAdjacent(pairs, Vector256.Create((ushort)low | (high << 16)).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Weights(short a, short b, short c, short d, short e, short f, short g, short h) =>
        Vector256.Create(a, b, c, d, e, f, g, h, a, b, c, d, e, f, g, h);

    /// <summary>Bytes around 128 of numbers around zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Samples(Vector256<short> low, Vector256<short> high) =>
        Avx2.PackSignedSaturate(low, high).AsByte() ^ Vector256.Create((byte)0x80);
}
