using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageLibrary.Imaging.Jpeg.Baseline;

/// <summary>
/// The inverse cosine transform of two blocks at once, one in each half of a vector, with the rounding of libjpeg's accurate
/// integer transform. Source: C. Loeffler, A. Ligtenberg and G. Moschytz, Practical fast 1-D DCT algorithms with 11
/// multiplications (1989); the multiplications are gathered here into sums of two products, of which a vector makes eight.
/// </summary>
internal static unsafe class InverseTransform
{
    /// <summary>Coefficients in zigzag order that lie in the first four rows and columns.</summary>
    internal const int LowCoefficients = 10;

    private const int Bits = 13;
    private const int FirstShift = Bits - 2;
    private const int SecondShift = Bits + 5;

    // cos and sin of eighths of a right angle, times the square root of two and 2^13, in the sums that the algorithm makes.
    private const short One = 1 << Bits;
    private const short Even2 = 10703;
    private const short Even6 = 4433;
    private const short Odd1 = 11363;
    private const short Odd3 = 9633;
    private const short Odd5 = 6437;
    private const short Odd7 = 2260;

    /// <summary>Whether this processor has what the transform needs.</summary>
    internal static bool IsSupported => Avx2.IsSupported;

    /// <summary>Transforms two blocks.</summary>
    /// <param name="pair">The blocks.</param>
    /// <param name="used">How many coefficients of each, in zigzag order, may differ from zero.</param>
    /// <param name="first">Where the samples of one block go.</param>
    /// <param name="firstStride">Bytes from row to row.</param>
    /// <param name="second">Where those of the other go.</param>
    /// <param name="secondStride">Bytes from row to row.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Transform(in BlockPair pair, int used, byte* first, nint firstStride, byte* second, nint secondStride)
    {
        var rows = stackalloc Vector256<short>[8];
        if (used <= LowCoefficients)
        {
            for (var y = 0; y < 4; y++)
            {
                rows[y] = pair.Row(y);
            }

            LowPass(rows, FirstShift);
            Transpose(rows);
            LowPass(rows, SecondShift);
        }
        else
        {
            for (var y = 0; y < 8; y++)
            {
                rows[y] = pair.Row(y);
            }

            Pass(rows, FirstShift);
            Transpose(rows);
            Pass(rows, SecondShift);
        }

        // The rows are columns now, whose samples are put side by side two, four and eight columns at a time.
        var columns01 = Columns(rows[0], rows[1]);
        var columns23 = Columns(rows[2], rows[3]);
        var columns45 = Columns(rows[4], rows[5]);
        var columns67 = Columns(rows[6], rows[7]);
        var left = Avx2.UnpackLow(columns01, columns23).AsInt32();
        var right = Avx2.UnpackLow(columns45, columns67).AsInt32();
        Store(Avx2.UnpackLow(left, right), first, firstStride, second, secondStride);
        Store(Avx2.UnpackHigh(left, right), first + 2 * firstStride, firstStride, second + 2 * secondStride, secondStride);
        left = Avx2.UnpackHigh(columns01, columns23).AsInt32();
        right = Avx2.UnpackHigh(columns45, columns67).AsInt32();
        Store(Avx2.UnpackLow(left, right), first + 4 * firstStride, firstStride, second + 4 * secondStride, secondStride);
        Store(Avx2.UnpackHigh(left, right), first + 6 * firstStride, firstStride, second + 6 * secondStride, secondStride);
    }

    /// <summary>Bytes around 128 of two columns of numbers around zero, in pairs from row to row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Columns(Vector256<short> left, Vector256<short> right)
    {
        var pairs = Vector256.Create(0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, (byte)15);
        var samples = Avx2.PackSignedSaturate(left, right).AsByte() ^ Vector256.Create((byte)0x80);
        return Avx2.Shuffle(samples, pairs).AsInt16();
    }

    /// <summary>Transforms all columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pass(Vector256<short>* x, int shift)
    {
        var rounding = Vector256.Create(1 << (shift - 1));
        Half(
            Avx2.UnpackLow(x[0], x[4]), Avx2.UnpackLow(x[2], x[6]), Avx2.UnpackLow(x[1], x[3]), Avx2.UnpackLow(x[5], x[7]), rounding,
            out var a0, out var a1, out var a2, out var a3, out var a4, out var a5, out var a6, out var a7);
        Half(
            Avx2.UnpackHigh(x[0], x[4]), Avx2.UnpackHigh(x[2], x[6]), Avx2.UnpackHigh(x[1], x[3]), Avx2.UnpackHigh(x[5], x[7]), rounding,
            out var b0, out var b1, out var b2, out var b3, out var b4, out var b5, out var b6, out var b7);
        x[0] = Pack(a0, b0, shift);
        x[1] = Pack(a1, b1, shift);
        x[2] = Pack(a2, b2, shift);
        x[3] = Pack(a3, b3, shift);
        x[4] = Pack(a4, b4, shift);
        x[5] = Pack(a5, b5, shift);
        x[6] = Pack(a6, b6, shift);
        x[7] = Pack(a7, b7, shift);
    }

    /// <summary>The same where the last four rows are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LowPass(Vector256<short>* x, int shift)
    {
        var rounding = Vector256.Create(1 << (shift - 1));
        LowHalf(
            Avx2.UnpackLow(x[0], x[2]), Avx2.UnpackLow(x[1], x[3]), rounding,
            out var a0, out var a1, out var a2, out var a3, out var a4, out var a5, out var a6, out var a7);
        LowHalf(
            Avx2.UnpackHigh(x[0], x[2]), Avx2.UnpackHigh(x[1], x[3]), rounding,
            out var b0, out var b1, out var b2, out var b3, out var b4, out var b5, out var b6, out var b7);
        x[0] = Pack(a0, b0, shift);
        x[1] = Pack(a1, b1, shift);
        x[2] = Pack(a2, b2, shift);
        x[3] = Pack(a3, b3, shift);
        x[4] = Pack(a4, b4, shift);
        x[5] = Pack(a5, b5, shift);
        x[6] = Pack(a6, b6, shift);
        x[7] = Pack(a7, b7, shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half(
        Vector256<short> x04, Vector256<short> x26, Vector256<short> x13, Vector256<short> x57, Vector256<int> rounding,
        out Vector256<int> s0, out Vector256<int> s1, out Vector256<int> s2, out Vector256<int> s3,
        out Vector256<int> s4, out Vector256<int> s5, out Vector256<int> s6, out Vector256<int> s7)
    {
        var plus = Product(x04, One, One) + rounding;
        var outer = Product(x26, Even2, Even6);
        Add(plus + outer, Product(x13, Odd1, Odd3) + Product(x57, Odd5, Odd7), out s0, out s7);
        Add(plus - outer, Product(x13, Odd7, -6436) + Product(x57, Odd3, -11363), out s3, out s4);
        var minus = Product(x04, One, -One) + rounding;
        var inner = Product(x26, Even6, Even6 - 15137);
        Add(minus + inner, Product(x13, Odd3, -2259) + Product(x57, -11362, -6436), out s1, out s6);
        Add(minus - inner, Product(x13, Odd5, -11362) + Product(x57, 2261, Odd3), out s2, out s5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LowHalf(
        Vector256<short> x02, Vector256<short> x13, Vector256<int> rounding,
        out Vector256<int> s0, out Vector256<int> s1, out Vector256<int> s2, out Vector256<int> s3,
        out Vector256<int> s4, out Vector256<int> s5, out Vector256<int> s6, out Vector256<int> s7)
    {
        Add(Product(x02, One, Even2) + rounding, Product(x13, Odd1, Odd3), out s0, out s7);
        Add(Product(x02, One, Even6) + rounding, Product(x13, Odd3, -2259), out s1, out s6);
        Add(Product(x02, One, -Even6) + rounding, Product(x13, Odd5, -11362), out s2, out s5);
        Add(Product(x02, One, -Even2) + rounding, Product(x13, Odd7, -6436), out s3, out s4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector256<int> even, Vector256<int> odd, out Vector256<int> sum, out Vector256<int> difference)
    {
        sum = even + odd;
        difference = even - odd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Product(Vector256<short> pairs, short low, short high) =>
        Avx2.MultiplyAddAdjacent(pairs, Vector256.Create((ushort)low | (high << 16)).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Pack(Vector256<int> low, Vector256<int> high, int shift) =>
        Avx2.PackSignedSaturate(low >> shift, high >> shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(Vector256<short>* x)
    {
        Vector256<short> r0 = x[0], r1 = x[1], r2 = x[2], r3 = x[3], r4 = x[4], r5 = x[5], r6 = x[6], r7 = x[7];
        var a0 = Avx2.UnpackLow(r0, r1).AsInt32();
        var a1 = Avx2.UnpackLow(r2, r3).AsInt32();
        var a2 = Avx2.UnpackLow(r4, r5).AsInt32();
        var a3 = Avx2.UnpackLow(r6, r7).AsInt32();
        var b0 = Avx2.UnpackLow(a0, a1).AsInt64();
        var b1 = Avx2.UnpackLow(a2, a3).AsInt64();
        x[0] = Avx2.UnpackLow(b0, b1).AsInt16();
        x[1] = Avx2.UnpackHigh(b0, b1).AsInt16();
        b0 = Avx2.UnpackHigh(a0, a1).AsInt64();
        b1 = Avx2.UnpackHigh(a2, a3).AsInt64();
        x[2] = Avx2.UnpackLow(b0, b1).AsInt16();
        x[3] = Avx2.UnpackHigh(b0, b1).AsInt16();
        a0 = Avx2.UnpackHigh(r0, r1).AsInt32();
        a1 = Avx2.UnpackHigh(r2, r3).AsInt32();
        a2 = Avx2.UnpackHigh(r4, r5).AsInt32();
        a3 = Avx2.UnpackHigh(r6, r7).AsInt32();
        b0 = Avx2.UnpackLow(a0, a1).AsInt64();
        b1 = Avx2.UnpackLow(a2, a3).AsInt64();
        x[4] = Avx2.UnpackLow(b0, b1).AsInt16();
        x[5] = Avx2.UnpackHigh(b0, b1).AsInt16();
        b0 = Avx2.UnpackHigh(a0, a1).AsInt64();
        b1 = Avx2.UnpackHigh(a2, a3).AsInt64();
        x[6] = Avx2.UnpackLow(b0, b1).AsInt16();
        x[7] = Avx2.UnpackHigh(b0, b1).AsInt16();
    }

    /// <summary>Writes two rows of both blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> rows, byte* first, nint firstStride, byte* second, nint secondStride)
    {
        var upper = rows.AsUInt64().GetLower();
        var lower = rows.AsUInt64().GetUpper();
        *(ulong*)first = upper.ToScalar();
        *(ulong*)(first + firstStride) = upper.GetElement(1);
        *(ulong*)second = lower.ToScalar();
        *(ulong*)(second + secondStride) = lower.GetElement(1);
    }
}
