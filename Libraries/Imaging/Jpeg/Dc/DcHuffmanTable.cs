using System.Runtime.CompilerServices;

namespace ImageLibrary.Imaging.Jpeg.Dc;

/// <summary>
/// A Huffman table of a JPEG, for a reader that needs no AC values: a look at the next bits tells how many of them the
/// next symbols take together with their values, and how many coefficients that passes. Source: ITU-T T.81, annexes C and F.
/// </summary>
internal sealed class DcHuffmanTable
{
    /// <summary>Bits that a look takes in; photos have about two AC symbols in them.</summary>
    internal const int LookBits = 12;

    private const int LongestCode = 16;
    private const int Coefficients = 64;

    private readonly int[] _lastCode = new int[LongestCode + 1];
    private readonly int[] _symbolOffset = new int[LongestCode + 1];
    private readonly byte[] _symbols;

    private DcHuffmanTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        _symbols = symbols.ToArray();
        Steps = new Step[1 << LookBits];
        var code = 0;
        var index = 0;
        for (var length = 1; length <= LongestCode; length++)
        {
            _symbolOffset[length] = index - code;
            for (var i = 0; i < counts[length - 1]; i++, code++, index++)
            {
                if (length <= LookBits)
                {
                    var step = new Step(symbols[index], length);
                    Steps.AsSpan(code << (LookBits - length), 1 << (LookBits - length)).Fill(step);
                }
            }

            _lastCode[length] = counts[length - 1] == 0 ? -1 : code - 1;
            code <<= 1;
        }
    }

    /// <summary>The step for each look; empty where the code is longer or does not exist.</summary>
    internal Step[] Steps { get; }

    /// <summary>Builds a table.</summary>
    /// <param name="counts">Number of codes of each length from 1 to 16.</param>
    /// <param name="symbols">Symbols in the order of their codes.</param>
    /// <returns>Null when the counts are no Huffman code.</returns>
    internal static DcHuffmanTable? Create(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        var free = 1;
        foreach (var count in counts)
        {
            free = 2 * free - count;
            if (free < 0)
            {
                return null;
            }
        }

        return new DcHuffmanTable(counts, symbols);
    }

    /// <summary>Steps over as many AC symbols as a look holds whole.</summary>
    internal Step[] CreateRunSteps()
    {
        var runs = new Step[Steps.Length];
        for (var look = 0; look < runs.Length; look++)
        {
            var run = Steps[look].AsAc();
            for (var next = run; run.Bits is > 0 and < LookBits && !run.EndsBlock;)
            {
                next = Steps[(look << run.Bits) & (runs.Length - 1)].AsAc();
                if (next.Bits == 0 || run.Bits + next.Bits > LookBits || run.Passed + next.Passed >= Coefficients)
                {
                    break;
                }

                run = run.Then(next);
            }

            runs[look] = run;
        }

        return runs;
    }

    /// <summary>Finds a symbol whose code is longer than a look.</summary>
    /// <param name="bits">The next bits, from the highest down.</param>
    /// <returns>A step without bits when there is no such code.</returns>
    internal Step FindLong(ulong bits)
    {
        for (var length = LookBits + 1; length <= LongestCode; length++)
        {
            var code = (int)(bits >> (64 - length));
            if (code <= _lastCode[length])
            {
                var index = code + _symbolOffset[length];
                return index >= 0 && index < _symbols.Length ? new Step(_symbols[index], length) : default;
            }
        }

        return default;
    }

    /// <summary>What a look tells, packed so that one load gets it.</summary>
    internal readonly struct Step
    {
        private const int EndFlag = 1 << 30;

        private readonly int _packed;

        /// <summary>One symbol: its low half is the number of bits of its value, its high half the zeros before it.</summary>
        internal Step(byte symbol, int codeLength) =>
            _packed = codeLength + (symbol & 15) | codeLength << 8 | symbol << 16;

        private Step(int bits, int passed, bool endsBlock) =>
            _packed = bits | passed << 8 | (endsBlock ? EndFlag : 0);

        /// <summary>Bits to consume, those of values included; 0 when there is no step.</summary>
        internal int Bits
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => _packed & 0xFF;
        }

        /// <summary>Bits of the code alone; of single symbols only.</summary>
        internal int CodeLength => (_packed >> 8) & 0xFF;

        /// <summary>The symbol; of single symbols only.</summary>
        internal int Symbol => _packed >> 16;

        /// <summary>Coefficients passed; of AC steps only.</summary>
        internal int Passed
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => (_packed >> 8) & 0xFF;
        }

        /// <summary>Whether the last symbol says that only zeros follow; of AC steps only.</summary>
        internal bool EndsBlock
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => (_packed & EndFlag) != 0;
        }

        /// <summary>A single symbol read as an AC symbol; without bits when it is none of the baseline process.</summary>
        internal Step AsAc()
        {
            const int EndOfBlock = 0;
            const int SixteenZeros = 0xF0;
            var symbol = Symbol;
            return Bits == 0 || ((symbol & 15) == 0 && symbol is not (EndOfBlock or SixteenZeros)) ? default
                : symbol == EndOfBlock ? new Step(Bits, 0, endsBlock: true)
                : new Step(Bits, (symbol >> 4) + 1, endsBlock: false);
        }

        internal Step Then(Step next) => new(Bits + next.Bits, Passed + next.Passed, next.EndsBlock);
    }
}
