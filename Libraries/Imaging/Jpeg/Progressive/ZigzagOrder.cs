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
    /// <param name="first">Coefficients of a block.</param>
    /// <param name="second">Those of another.</param>
    /// <param name="used">How many of each may differ from zero.</param>
    /// <param name="rows">Where one and then the other goes.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void ToRows(short* first, short* second, int used, short* rows)
    {
        var count = (used + Side - 1) / Side;
        var eights = stackalloc Vector256<byte>[Side];
        for (var i = 0; i < count; i++)
        {
            eights[i] = Vector256.Create(Vector128.Load(first + Side * i), Vector128.Load(second + Side * i)).AsByte();
        }

        foreach (var parts in Parts[count])
        {
            var row = Vector256<byte>.Zero;
            foreach (ref readonly var part in parts.AsSpan())
            {
                row |= Avx2.Shuffle(eights[part.Eight], part.Shuffle);
            }

            row.AsInt16().GetLower().Store(rows);
            row.AsInt16().GetUpper().Store(rows + Side * Side);
            rows += Side;
        }
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
