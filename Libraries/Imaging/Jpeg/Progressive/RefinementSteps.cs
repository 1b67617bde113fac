using System.Runtime.CompilerServices;
using ImageLibrary.Imaging.Jpeg.Baseline;
using ImageLibrary.Imaging.Jpeg.Entropy;

namespace ImageLibrary.Imaging.Jpeg.Progressive;

/// <summary>Symbols of scans that refine AC coefficients, by a look at the next bits. Source: ITU-T T.81, annex G.</summary>
internal sealed class RefinementSteps
{
    /// <summary>Bits that a look takes in.</summary>
    internal const int LookBits = 10;

    /// <summary>What <see cref="Passed"/> gives for the symbol behind which no coefficient becomes other than zero.</summary>
    internal const int EndOfBlock = 2 * CoefficientSteps.Coefficients;

    /// <summary>What <see cref="Passed"/> gives where a look does not suffice, or there is no such symbol.</summary>
    internal const int Unknown = 3 * CoefficientSteps.Coefficients;

    private const int PassedShift = 8;
    private const int EndedShift = 16;
    private const int NewBit = 31;
    private const int NegativeBit = 30;
    private const int SixteenZeros = 0xF0;

    private readonly HuffmanTable _table;

    internal RefinementSteps(HuffmanTable table)
    {
        _table = table;
        for (var look = 0; look < Packed.Length; look++)
        {
            var step = Find((ulong)look << (64 - LookBits));
            Packed[look] = (step & 0xFF) > LookBits ? Unknown << PassedShift : step;
        }
    }

    /// <summary>
    /// For each look: the bits, lowest, so that they serve as a shift; the zeros that are passed; and whether the last of them
    /// becomes another value, and of which sign, or how many blocks end.
    /// </summary>
    internal int[] Packed { get; } = new int[1 << LookBits];

    /// <summary>Finds a symbol, however long it is.</summary>
    /// <param name="bits">The next bits, from the highest down; at least 30 are valid.</param>
    internal int Find(ulong bits)
    {
        var symbol = _table.Find(bits);
        var behind = bits << symbol.CodeLength;
        var zeros = symbol.Symbol >> 4;
        var passed = zeros + 1 << PassedShift;
        return (symbol.Symbol & 15) switch
        {
            _ when symbol.Bits == 0 => Unknown << PassedShift,
            0 when symbol.Symbol == SixteenZeros => symbol.Bits | passed,
            0 => symbol.Bits + zeros | EndOfBlock << PassedShift | CoefficientSteps.EndedBlocks(behind, zeros) << EndedShift,
            1 => symbol.Bits | passed | 1 << NewBit | (int)(~behind >> 63) << NegativeBit,
            _ => Unknown << PassedShift,
        };
    }

    /// <summary>Zeros that are passed, where they lie in memory: the next symbol waits for them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Passed(ref int packed) => Unsafe.Add(ref Unsafe.As<int, byte>(ref packed), PassedShift / 8);

    /// <summary>All ones when the last of those zeros becomes another value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong New(int packed) => (ulong)(long)(packed >> NewBit);

    /// <summary>All ones when that value is negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Negative(int packed) => (ulong)(long)(packed << (NewBit - NegativeBit) >> NewBit);

    /// <summary>Blocks that the symbol ends.</summary>
    internal static int Ended(int packed) => packed >> EndedShift;
}
