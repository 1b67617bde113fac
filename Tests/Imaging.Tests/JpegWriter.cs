namespace ImageLibrary.Tests.Imaging;

/// <summary>Writes JPEGs whose Huffman tables no encoder would choose: common symbols may have long codes.</summary>
/// <param name="random">Decides the tables.</param>
internal sealed class JpegWriter(Random random)
{
    private readonly List<byte> _file = [0xFF, 0xD8];
    private uint _bits;
    private int _count;

    /// <summary>All that was written, with an end.</summary>
    internal byte[] File => [.. _file, 0xFF, 0xD9];

    internal void Segment(byte marker, params byte[] body) =>
        _file.AddRange([0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body]);

    /// <summary>A marker without a body.</summary>
    internal void Marker(byte marker) => _file.AddRange([0xFF, marker]);

    internal void Quantiser(byte[] divisors)
    {
        var sixteenBits = random.Next(2) == 0;
        Segment(0xDB, [(byte)(sixteenBits ? 0x10 : 0), .. divisors.SelectMany(divisor => sixteenBits ? new byte[] { 0, divisor } : [divisor])]);
    }

    /// <summary>Writes a table whose symbols have codes of lengths by chance, and returns the codes.</summary>
    internal Dictionary<int, (int Code, int Length)> Table(byte number, int[] symbols)
    {
        random.Shuffle(symbols);
        var counts = new byte[16];
        var codes = new Dictionary<int, (int, int)>();
        var code = 0;
        var next = 0;
        for (var length = 1; length <= 16; length++)
        {
            // The longest codes take what is left; one code of all ones stays free.
            var free = (1 << length) - 1 - code;
            var left = symbols.Length - next;
            var count = length == 16 ? left : Math.Min(left, random.Next(0, Math.Min(free, 1 + left / 4) + 1));
            while (count > 0 && length < 16 && left - count > (free - count << (16 - length)))
            {
                count--;
            }

            counts[length - 1] = (byte)count;
            for (; count > 0; count--)
            {
                codes[symbols[next++]] = (code++, length);
            }

            code <<= 1;
        }

        Segment(0xC4, [number, .. counts, .. symbols.Select(symbol => (byte)symbol)]);
        return codes;
    }

    /// <summary>A symbol whose low half tells the bits of a value, and that value.</summary>
    internal void Value(Dictionary<int, (int Code, int Length)> table, int zeros, int value)
    {
        var size = 32 - int.LeadingZeroCount(Math.Abs(value));
        Symbol(table, zeros << 4 | size);
        Put(value < 0 ? value + (1 << size) - 1 : value, size);
    }

    internal void Symbol(Dictionary<int, (int Code, int Length)> table, int symbol) => Put(table[symbol].Code, table[symbol].Length);

    internal void Put(int value, int length)
    {
        for (var bit = length - 1; bit >= 0; bit--)
        {
            _bits = _bits << 1 | (uint)(value >> bit & 1);
            if (++_count == 8)
            {
                PutByte((byte)_bits);
                _count = 0;
            }
        }
    }

    /// <summary>Fills the last byte up.</summary>
    internal void Flush()
    {
        while (_count != 0)
        {
            Put(1, 1);
        }
    }

    private void PutByte(byte value)
    {
        _file.Add(value);
        if (value == 0xFF)
        {
            _file.Add(0);
        }
    }
}
