using System.Runtime.CompilerServices;
using ImageLibrary.Imaging.Jpeg.Entropy;

namespace ImageLibrary.Imaging.Jpeg.Dc;

/// <summary>
/// Steps over AC symbols, for a reader that needs none of their values: a look at the next bits tells how many symbols
/// lie in them whole, and how many bits and coefficients those take. Photos have about two in a look.
/// </summary>
internal sealed class AcRuns
{
    /// <summary>Coefficients of a block.</summary>
    internal const int Coefficients = 64;

    /// <summary>No run takes more bits: rare long symbols are left to <see cref="HuffmanTable.Find"/>.</summary>
    internal const int MostBits = 14;

    /// <summary>What <see cref="SymbolPasses"/> gives for the symbol behind which only zeros follow.</summary>
    internal const int EndOfBlock = 2 * Coefficients;

    /// <summary>Bits that a look takes in: more would push the table out of the first-level cache.</summary>
    internal const int LookBits = 12;

    // Passes so much that no sum with it can be taken for an end of the block.
    private const int Nothing = 255;
    private const int PassedShift = 8;

    private static readonly KeptTables<HuffmanTable, AcRuns> Kept = new();

    private AcRuns(HuffmanTable table)
    {
        for (var look = 0; look < Packed.Length; look++)
        {
            var run = Single(table, look);
            while (run != default && run.Bits < LookBits && run.Passed < Coefficients)
            {
                var next = Single(table, (look << run.Bits) & (Packed.Length - 1));
                // Without an end, a run passes less than the block has, or a sum with it might be taken for one with an end.
                if (next == default || run.Bits + next.Bits > LookBits
                    || (run.Passed + next.Passed >= Coefficients && next.Passed != EndOfBlock))
                {
                    break;
                }

                run = (run.Bits + next.Bits, run.Passed + next.Passed);
            }

            Packed[look] = (ushort)(run == default ? Nothing << PassedShift : run.Bits | run.Passed << PassedShift);
        }
    }

    /// <summary>For each look the bits, lowest, so that they serve as a shift, and the coefficients passed.</summary>
    internal ushort[] Packed { get; } = new ushort[1 << LookBits];

    /// <summary>The runs of a table.</summary>
    internal static AcRuns Of(HuffmanTable table) => Kept.GetOrAdd(table, key => new AcRuns(key));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Bits(int packed) => packed & 0xFF;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Passed(int packed) => packed >> PassedShift;

    /// <summary>Whether an index beyond the block means that the block has ended where it may.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool EndsWithin(int index) => (uint)(index - EndOfBlock - 1) < Coefficients - 1 || index == Coefficients;

    /// <summary>Coefficients that a symbol passes; 0 for symbols that the baseline process does not have.</summary>
    internal static int SymbolPasses(int symbol) => symbol switch
    {
        0 => EndOfBlock,
        0xF0 => 16,
        _ => (symbol & 15) == 0 ? 0 : (symbol >> 4) + 1,
    };

    private static (int Bits, int Passed) Single(HuffmanTable table, int look)
    {
        var step = table.Find((ulong)look << (64 - LookBits));
        var passed = SymbolPasses(step.Symbol);
        return step.Bits is 0 or > MostBits || step.CodeLength > LookBits || passed == 0 ? default : (step.Bits, passed);
    }
}
