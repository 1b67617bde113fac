using System.Runtime.CompilerServices;
using ImageLibrary.Imaging.Jpeg.Entropy;

namespace ImageLibrary.Imaging.Jpeg.Baseline;

/// <summary>
/// Coefficients by a look at the next bits (a lookahead table): most symbols lie in it whole, with the values behind them, and often two of them.
/// One table gives all of that, so that decoders need to wait for memory once for both.
/// </summary>
internal sealed class CoefficientSteps
{
    /// <summary>Coefficients of a block.</summary>
    internal const int Coefficients = 64;

    /// <summary>Bits that a look takes in; three tables of this size leave room in the first-level cache.</summary>
    internal const int LookBits = 10;

    /// <summary>What <see cref="First(long)"/> gives for the symbol behind which only zeros follow.</summary>
    internal const int EndOfBlock = 2 * Coefficients;

    /// <summary>What <see cref="First(long)"/> gives where a look does not suffice.</summary>
    internal const int Unknown = 3 * Coefficients;

    private const int FirstShift = 8;
    private const int FirstValueShift = 16;
    private const int SecondShift = 32;
    private const int FirstBitsShift = 40;
    private const int SecondValueShift = 48;

    // All but the bits, which become those of both, and the second value.
    private const long KeptOfFirst = 0xFFFF_FFFF_FF00;

    private const int SixteenZeros = 0xF0;
    private const int MostAcBits = 10;
    private const int MostDcBits = 11;

    private static readonly KeptTables<HuffmanTable, CoefficientSteps> KeptAc = new();
    private static readonly KeptTables<HuffmanTable, CoefficientSteps> KeptDc = new();

    private readonly HuffmanTable _table;
    private readonly Kind _kind;

    private CoefficientSteps(HuffmanTable table, Kind kind)
    {
        _table = table;
        _kind = kind;
        for (var look = 0; look < Packed.Length; look++)
        {
            var first = Single(look);
            var left = LookBits - (int)Bits(first);
            var second = kind == Kind.Dc || First(first) >= Coefficients ? Pack(0, Unknown, 0) : Single((look << (int)Bits(first)) & (Packed.Length - 1));
            Packed[look] = First(second) < Coefficients && Bits(second) <= left
                ? (first & KeptOfFirst) | (Bits(first) + Bits(second)) | (long)(First(second) + 1) << SecondShift
                    | (long)(ushort)FirstValue(second) << SecondValueShift
                : first;
        }
    }

    private enum Kind
    {
        Dc,
        Ac,
        Band,
    }

    /// <summary>
    /// For each look: the bits of all, lowest, so that they serve as a shift; coefficients to pass before the first value, and
    /// that value; how much further the second is, and its value, or the first again; and the bits of the first alone.
    /// </summary>
    internal long[] Packed { get; } = new long[1 << LookBits];

    /// <summary>A table of AC coefficients.</summary>
    internal static CoefficientSteps ForAc(HuffmanTable table) => KeptAc.GetOrAdd(table, key => new CoefficientSteps(key, Kind.Ac));

    /// <summary>A table of the differences of DC coefficients.</summary>
    internal static CoefficientSteps ForDc(HuffmanTable table) => KeptDc.GetOrAdd(table, key => new CoefficientSteps(key, Kind.Dc));

    /// <summary>
    /// A table of AC coefficients in the progressive process. The value of the symbol behind which only zeros follow is then the
    /// number of blocks for which that holds. Looks have no symbol of zeros alone, so no value in them is zero.
    /// </summary>
    internal static CoefficientSteps ForBand(HuffmanTable table) => new(table, Kind.Band);

    /// <summary>Finds one coefficient, however long its symbol is.</summary>
    /// <param name="bits">The next bits, from the highest down; at least 30 are valid.</param>
    /// <returns><see cref="Unknown"/> when the process has no such symbol.</returns>
    internal long Find(ulong bits)
    {
        var symbol = _table.Find(bits);
        var size = _kind == Kind.Dc ? symbol.Symbol : symbol.Symbol & 15;
        if (symbol.Bits == 0 || size > (_kind == Kind.Dc ? MostDcBits : MostAcBits))
        {
            return Pack(0, Unknown, 0);
        }

        if (_kind == Kind.Dc)
        {
            return Pack(symbol.Bits, 0, Value(bits << symbol.CodeLength, size));
        }

        var zeros = symbol.Symbol >> 4;
        if (size > 0 || symbol.Symbol == SixteenZeros)
        {
            return Pack(symbol.Bits, zeros, Value(bits << symbol.CodeLength, size));
        }

        return _kind == Kind.Band ? Pack(symbol.Bits + zeros, EndOfBlock, EndedBlocks(bits << symbol.CodeLength, zeros))
            : zeros == 0 ? Pack(symbol.Bits, EndOfBlock, 0)
            : Pack(0, Unknown, 0);
    }

    /// <summary>How many blocks a symbol ends.</summary>
    /// <param name="bits">The bits behind its code.</param>
    /// <param name="size">How many of them are the number's, behind a leading one that is not written.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int EndedBlocks(ulong bits, int size) => (int)((bits >> 1 | 1UL << 63) >> (63 - size));

    /// <summary>The same where it lies in memory: a load is less work than a shift of what was loaded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nint First(ref long packed) => Unsafe.Add(ref Unsafe.As<long, byte>(ref packed), FirstShift / 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static short FirstValue(ref long packed) => Unsafe.Add(ref Unsafe.As<long, short>(ref packed), FirstValueShift / 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nint Second(ref long packed) => Unsafe.Add(ref Unsafe.As<long, byte>(ref packed), SecondShift / 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static short SecondValue(ref long packed) => Unsafe.Add(ref Unsafe.As<long, short>(ref packed), SecondValueShift / 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nint First(long packed) => (nint)(packed >> FirstShift) & 0xFF;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int FirstValue(long packed) => (short)(packed >> FirstValueShift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int FirstBits(long packed) => (int)(packed >> FirstBitsShift) & 0xFF;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nint Second(long packed) => (nint)(packed >> SecondShift) & 0xFF;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int SecondValue(long packed) => (int)(packed >> SecondValueShift);

    private static long Bits(long packed) => packed & 0xFF;

    /// <summary>One coefficient; its value stands in both places.</summary>
    private static long Pack(int bits, int zeros, int value)
    {
        long field = (uint)bits;
        long number = (ushort)value;
        return field | field << FirstBitsShift | (long)(uint)zeros << FirstShift | number << FirstValueShift | number << SecondValueShift;
    }

    /// <summary>A value of a number of bits, of which the first tells the sign.</summary>
    private static int Value(ulong bits, int size)
    {
        if (size == 0)
        {
            return 0;
        }

        var value = (int)(bits >> (64 - size));
        return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
    }

    /// <summary>The first coefficient that lies whole in a look.</summary>
    private long Single(int look)
    {
        var step = Find((ulong)look << (64 - LookBits));
        return Bits(step) is 0 or > LookBits || (_kind == Kind.Band && FirstValue(step) == 0) ? Pack(0, Unknown, 0) : step;
    }
}
