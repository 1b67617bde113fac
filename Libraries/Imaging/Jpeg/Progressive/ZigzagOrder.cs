using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ImageLibrary.Imaging.Jpeg.Baseline;

namespace ImageLibrary.Imaging.Jpeg.Progressive;

/// <summary>Brings coefficients from zigzag order into rows, of two blocks at once.</summary>
internal static unsafe class ZigzagOrder
{
    private const int Side = 8;
    private const byte Zero = 0x80;

    // For each eight of the zigzag order, where those that belong to each row go in it.
    private static readonly Vector256<byte>[] Shuffles =
        [.. Enumerable.Range(0, Side * Side).Select(at => Shuffle(at / Side, at % Side))];

    /// <summary>Brings them into rows.</summary>
    /// <param name="component">Where the coefficients are.</param>
    /// <param name="first">Number of a block.</param>
    /// <param name="second">That of another.</param>
    /// <param name="rows">Where one and then the other goes; of the first coefficients alone, only those.</param>
    /// <returns>How many coefficients of each, in zigzag order, may differ from zero.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int ToRows(ProgressiveComponent component, nint first, nint second, short* rows)
    {
        var nonZero = component.NonZero[first] | component.NonZero[second];
        if (nonZero == 0)
        {
            rows[0] = component.Means.Coefficients[first];
            rows[Side * Side] = component.Means.Coefficients[second];
            return 1;
        }

        ref var shuffles = ref MemoryMarshal.GetArrayDataReference(Shuffles);
        var eights = new Eights(component, first, second);
        var e0 = eights.Get(0).WithElement(0, component.Means.Coefficients[first]).WithElement(Side, component.Means.Coefficients[second]);
        var (e1, e2, e3) = (eights.Get(1), eights.Get(2), eights.Get(3));
        // Of the eights that a row has nothing of, none is mentioned.
        var row0 = Part(ref shuffles, e0, 0, 0) | Part(ref shuffles, e1, 1, 0) | Part(ref shuffles, e3, 3, 0);
        var row1 = Part(ref shuffles, e0, 0, 1) | Part(ref shuffles, e1, 1, 1) | Part(ref shuffles, e2, 2, 1) | Part(ref shuffles, e3, 3, 1);
        var row2 = Part(ref shuffles, e0, 0, 2) | Part(ref shuffles, e1, 1, 2) | Part(ref shuffles, e2, 2, 2) | Part(ref shuffles, e3, 3, 2);
        var row3 = Part(ref shuffles, e1, 1, 3) | Part(ref shuffles, e2, 2, 3) | Part(ref shuffles, e3, 3, 3);
        var row4 = Part(ref shuffles, e1, 1, 4) | Part(ref shuffles, e2, 2, 4);
        var row5 = Part(ref shuffles, e2, 2, 5);
        var row6 = Part(ref shuffles, e2, 2, 6);
        var row7 = Vector256<short>.Zero;
        if ((uint)nonZero != 0)
        {
            var (e4, e5, e6, e7) = (eights.Get(4), eights.Get(5), eights.Get(6), eights.Get(7));
            row1 |= Part(ref shuffles, e5, 5, 1);
            row2 |= Part(ref shuffles, e5, 5, 2);
            row3 |= Part(ref shuffles, e5, 5, 3) | Part(ref shuffles, e6, 6, 3);
            row4 |= Part(ref shuffles, e4, 4, 4) | Part(ref shuffles, e5, 5, 4) | Part(ref shuffles, e6, 6, 4);
            row5 |= Part(ref shuffles, e4, 4, 5) | Part(ref shuffles, e5, 5, 5) | Part(ref shuffles, e6, 6, 5) | Part(ref shuffles, e7, 7, 5);
            row6 |= Part(ref shuffles, e4, 4, 6) | Part(ref shuffles, e5, 5, 6) | Part(ref shuffles, e6, 6, 6) | Part(ref shuffles, e7, 7, 6);
            row7 = Part(ref shuffles, e4, 4, 7) | Part(ref shuffles, e6, 6, 7) | Part(ref shuffles, e7, 7, 7);
        }

        Store(row0, rows, 0);
        Store(row1, rows, 1);
        Store(row2, rows, 2);
        Store(row3, rows, 3);
        Store(row4, rows, 4);
        Store(row5, rows, 5);
        Store(row6, rows, 6);
        Store(row7, rows, 7);
        return Side * Side - BitOperations.TrailingZeroCount(nonZero);
    }

    /// <summary>What a row has of an eight, where it belongs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Part(ref Vector256<byte> shuffles, Vector256<short> values, int eight, int row) =>
        Avx2.Shuffle(values.AsByte(), Unsafe.Add(ref shuffles, Side * eight + row)).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<short> row, short* rows, int y)
    {
        row.GetLower().Store(rows + Side * y);
        row.GetUpper().Store(rows + Side * Side + Side * y);
    }

    private static Vector256<byte> Shuffle(int eight, int row)
    {
        var bytes = new byte[2 * Side];
        Array.Fill(bytes, Zero);
        for (var i = 0; i < Side; i++)
        {
            var at = BaselineScan.NaturalOrder[Side * eight + i];
            if (at / Side == row)
            {
                bytes[2 * (at % Side)] = (byte)(2 * i);
                bytes[2 * (at % Side) + 1] = (byte)(2 * i + 1);
            }
        }

        return Vector256.Create(Vector128.Create(bytes), Vector128.Create(bytes));
    }

    /// <summary>Two blocks in zigzag order, eight coefficients of each at a time.</summary>
    private readonly struct Eights(ProgressiveComponent component, nint first, nint second)
    {
        private readonly short* _first = component.Coefficients + first * Side * Side;
        private readonly short* _second = component.Coefficients + second * Side * Side;
        private readonly ulong _firstNonZero = component.NonZero[first];
        private readonly ulong _secondNonZero = component.NonZero[second];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Vector256<short> Get(int number)
        {
            var values = Vector256.Create(Vector128.Load(_first + Side * number), Vector128.Load(_second + Side * number));
            var bits = Vector256.Create(1 << 7, 1 << 6, 1 << 5, 1 << 4, 1 << 3, 1 << 2, 1 << 1, 1, 1 << 7, 1 << 6, 1 << 5, 1 << 4, 1 << 3, 1 << 2, 1 << 1, (short)1);
            var shift = Side * (Side - 1 - number);
            var nonZero = Vector256.Create(Vector128.Create((short)(_firstNonZero >> shift)), Vector128.Create((short)(_secondNonZero >> shift)));
            return values & Vector256.Equals(nonZero & bits, bits);
        }
    }
}
