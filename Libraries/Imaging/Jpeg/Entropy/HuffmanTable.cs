using System.Runtime.CompilerServices;

namespace ImageLibrary.Imaging.Jpeg.Entropy;

/// <summary>A Huffman table of a JPEG: a look at the next bits tells the symbol. Source: ITU-T T.81, annexes C and F.</summary>
internal sealed class HuffmanTable
{
    private const int LookBits = 10;
    private const int LongestCode = 16;

    private static readonly KeptTables<string, HuffmanTable> Kept = new();

    private readonly int[] _lastCode = new int[LongestCode + 1];
    private readonly int[] _symbolOffset = new int[LongestCode + 1];
    private readonly byte[] _symbols;

    // The step for each look; empty where the code is longer or does not exist.
    private readonly Step[] _steps;

    private HuffmanTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        _symbols = symbols.ToArray();
        _steps = new Step[1 << LookBits];
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
                    _steps.AsSpan(code << (LookBits - length), 1 << (LookBits - length)).Fill(step);
                }
            }

            _lastCode[length] = counts[length - 1] == 0 ? -1 : code - 1;
            code <<= 1;
        }
    }

    /// <summary>The table for given codes; the same one for the same codes, as long as it is kept.</summary>
    /// <param name="counts">Number of codes of each length from 1 to 16.</param>
    /// <param name="symbols">Symbols in the order of their codes.</param>
    /// <returns>Null when the counts are no Huffman code of a JPEG, which leaves the code of all ones free.</returns>
    internal static HuffmanTable? Create(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        var free = 1;
        foreach (var count in counts)
        {
            free = 2 * free - count;
            if (free <= 0)
            {
                return null;
            }
        }

        return Kept.GetOrAdd(Convert.ToHexString(counts) + Convert.ToHexString(symbols), key =>
        {
            var bytes = Convert.FromHexString(key);
            return new HuffmanTable(bytes.AsSpan(0, LongestCode), bytes.AsSpan(LongestCode));
        });
    }

    /// <summary>Finds the next symbol.</summary>
    /// <param name="bits">The next bits, from the highest down.</param>
    /// <returns>A step without bits when there is no such code.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Step Find(ulong bits)
    {
        var step = _steps[(int)(bits >> (64 - LookBits))];
        return step.Bits == 0 ? FindLong(bits) : step;
    }

    private Step FindLong(ulong bits)
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

    /// <summary>A symbol and how many bits it takes.</summary>
    internal readonly struct Step
    {
        private readonly int _packed;

        /// <summary>One symbol: its low half is the number of bits of its value, its high half the zeros before it.</summary>
        internal Step(byte symbol, int codeLength) =>
            _packed = codeLength + (symbol & 15) | codeLength << 8 | symbol << 16;

        /// <summary>Bits to consume, those of the value included; 0 when there is no symbol.</summary>
        internal int Bits => _packed & 0xFF;

        /// <summary>Bits of the code alone.</summary>
        internal int CodeLength => (_packed >> 8) & 0xFF;

        internal int Symbol => _packed >> 16;

        /// <summary>The value behind the code of a symbol that is nothing but its number of bits.</summary>
        /// <param name="bits">The next bits, from the highest down.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal int Value(ulong bits)
        {
            // In two shifts, because a shift by 64 would be none.
            var value = (int)(((bits << CodeLength) >> 1) >> (63 - Symbol));
            // A value whose first bit is clear is negative.
            var negative = (value - ((1 << Symbol) >> 1)) >> 31;
            return value + (negative & (1 - (1 << Symbol)));
        }
    }
}
