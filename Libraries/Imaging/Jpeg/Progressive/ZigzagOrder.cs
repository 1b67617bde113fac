using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ImageLibrary.Imaging.Jpeg.Baseline;

namespace ImageLibrary.Imaging.Jpeg.Progressive;

/// <summary>Brings coefficients from zigzag order into rows, of two blocks at once.</summary>
internal static unsafe class ZigzagOrder
{
    private const int Side = 8;
    private const byte Zero = 0x80;

    // For each number of eights that have any, and for each row, the eights of which it has some, and where those go.
    private static readonly (int Eight, Vector256<byte> Shuffle)[][][] Parts =
        [.. Enumerable.Range(0, Side + 1).Select(eights => Enumerable.Range(0, Side).Select(y => Row(y, eights)).ToArray())];

    /// <summary>Brings them into rows.</summary>
    /// <param name="component">Where the coefficients are.</param>
    /// <param name="first">Number of a block.</param>
    /// <param name="second">That of another.</param>
    /// <param name="rows">Where one and then the other goes; of the first coefficients alone, only those.</param>
    /// <returns>How many coefficients of each, in zigzag order, may differ from zero.</returns>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int ToRows(ProgressiveComponent component, nint first, nint second, short* rows)
    {
        var (firstNonZero, secondNonZero) = (component.NonZero[first], component.NonZero[second]);
        var (firstMean, secondMean) = (component.Means.Coefficients[first], component.Means.Coefficients[second]);
        if ((firstNonZero | secondNonZero) == 0)
        {
            rows[0] = firstMean;
            rows[Side * Side] = secondMean;
            return 1;
        }

        var firstValues = component.Coefficients + first * Side * Side;
        var secondValues = component.Coefficients + second * Side * Side;
        var used = Side * Side - BitOperations.TrailingZeroCount(firstNonZero | secondNonZero);
        var count = (used + Side - 1) / Side;
        var eights = stackalloc Vector256<short>[Side];
        for (var i = 0; i < count; i++)
        {
            var values = Vector256.Create(Vector128.Load(firstValues + Side * i), Vector128.Load(secondValues + Side * i));
            var bits = Vector256.Create(1 << 7, 1 << 6, 1 << 5, 1 << 4, 1 << 3, 1 << 2, 1 << 1, 1, 1 << 7, 1 << 6, 1 << 5, 1 << 4, 1 << 3, 1 << 2, 1 << 1, (short)1);
            var nonZero = Vector256.Create(
                Vector128.Create((short)(firstNonZero >> (56 - Side * i))), Vector128.Create((short)(secondNonZero >> (56 - Side * i))));
            eights[i] = values & Vector256.Equals(nonZero & bits, bits);
        }

        eights[0] = eights[0].WithElement(0, firstMean).WithElement(Side, secondMean);
        foreach (var parts in Parts[count])
        {
            var row = Vector256<byte>.Zero;
            foreach (ref readonly var part in parts.AsSpan())
            {
                row |= Avx2.Shuffle(eights[part.Eight].AsByte(), part.Shuffle);
            }

            row.AsInt16().GetLower().Store(rows);
            row.AsInt16().GetUpper().Store(rows + Side * Side);
            rows += Side;
        }

        return used;
    }

    private static (int Eight, Vector256<byte> Shuffle)[] Row(int y, int eights) =>
    [
        .. Enumerable.Range(0, Side * eights)
            .Where(at => BaselineScan.NaturalOrder[at] / Side == y)
            .GroupBy(at => at / Side)
            .Select(eight => (eight.Key, Shuffle(eight))),
    ];

    private static Vector256<byte> Shuffle(IEnumerable<int> coefficients)
    {
        var bytes = new byte[2 * Side];
        Array.Fill(bytes, Zero);
        foreach (var at in coefficients)
        {
            var x = BaselineScan.NaturalOrder[at] % Side;
            bytes[2 * x] = (byte)(2 * (at % Side));
            bytes[2 * x + 1] = (byte)(2 * (at % Side) + 1);
        }

        return Vector256.Create(Vector128.Create(bytes), Vector128.Create(bytes));
    }
}
