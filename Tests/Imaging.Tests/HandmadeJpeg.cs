using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Tests.Imaging;

/// <summary>
/// Baseline JPEGs with Huffman tables that no encoder would choose: common symbols have long codes, and blocks end wherever
/// chance will have it. Coefficients stay so small that no sample leaves its range.
/// </summary>
internal sealed class HandmadeJpeg
{
    private const int Block = 64;
    private const int MostSum = 900;

    private readonly Random _random;
    private readonly Dictionary<int, (int Code, int Length)>[] _dc;
    private readonly Dictionary<int, (int Code, int Length)>[] _ac;
    private readonly List<byte> _file = [0xFF, 0xD8];
    private uint _bits;
    private int _count;

    private HandmadeJpeg(int seed)
    {
        _random = new Random(seed);
        int[] acSymbols = [0, 0xF0, .. Enumerable.Range(0, 16).SelectMany(zeros => Enumerable.Range(1, 10).Select(size => zeros << 4 | size))];
        _dc = [Table(0x00, [.. Enumerable.Range(0, 12)]), Table(0x01, [.. Enumerable.Range(0, 12)])];
        _ac = [Table(0x10, acSymbols), Table(0x11, acSymbols)];
    }

    /// <summary>Makes a file.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="sampling">Of chroma.</param>
    /// <param name="seed">Of all that is left to chance.</param>
    internal static byte[] Create(int width, int height, ChromaSampling sampling, int seed) =>
        new HandmadeJpeg(seed).Write(width, height, sampling);

    private byte[] Write(int width, int height, ChromaSampling sampling)
    {
        var sixteenBits = _random.Next(2) == 0;
        Segment(0xDB, [(byte)(sixteenBits ? 0x10 : 0), .. Enumerable.Range(0, Block).SelectMany(_ => sixteenBits ? new byte[] { 0, 1 } : [1])]);
        Segment(0xC0,
        [
            8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3,
            1, (byte)(sampling.X << 4 | sampling.Y), 0, 2, 0x11, 0, 3, 0x11, 0,
        ]);
        Segment(0xDA, [3, 1, 0x00, 2, 0x11, 3, 0x10, 0, 63, 0]);
        var predictions = new int[3];
        var units = Units(width, sampling.X) * Units(height, sampling.Y);
        for (var unit = 0; unit < units; unit++)
        {
            for (var component = 0; component < 3; component++)
            {
                for (var block = component == 0 ? sampling.X * sampling.Y : 1; block > 0; block--)
                {
                    WriteBlock(_dc[component == 0 ? 0 : 1], _ac[component == 1 ? 1 : 0], ref predictions[component]);
                }
            }
        }

        Flush();
        return [.. _file, 0xFF, 0xD9];
    }

    private static int Units(int pixels, int step) => (pixels + 8 * step - 1) / (8 * step);

    private void WriteBlock(Dictionary<int, (int Code, int Length)> dc, Dictionary<int, (int Code, int Length)> ac, ref int prediction)
    {
        var mean = _random.Next(-MostSum, MostSum) / (_random.Next(8) == 0 ? 1 : 20);
        WriteValue(dc, 0, mean - prediction);
        prediction = mean;
        var left = MostSum - Math.Abs(mean);
        var zeros = 0;
        var last = _random.Next(4) switch { 0 => 0, 1 => 63, _ => _random.Next(64) };
        for (var at = 1; at <= last; at++)
        {
            var value = at == last || _random.Next(3) > 0 ? _random.Next(-1 << _random.Next(10), 1 << _random.Next(10)) : 0;
            value = Math.Clamp(value, -left, left);
            if (value == 0)
            {
                zeros++;
                continue;
            }

            for (; zeros >= 16; zeros -= 16)
            {
                WriteSymbol(ac, 0xF0);
            }

            left -= Math.Abs(value);
            WriteValue(ac, zeros, value);
            zeros = 0;
        }

        if (zeros > 0 || last < 63)
        {
            WriteSymbol(ac, 0);
        }
    }

    private void WriteValue(Dictionary<int, (int Code, int Length)> table, int zeros, int value)
    {
        var size = 32 - int.LeadingZeroCount(Math.Abs(value));
        WriteSymbol(table, zeros << 4 | size);
        Put(value < 0 ? value + (1 << size) - 1 : value, size);
    }

    private void WriteSymbol(Dictionary<int, (int Code, int Length)> table, int symbol) => Put(table[symbol].Code, table[symbol].Length);

    private void Put(int value, int length)
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

    private void PutByte(byte value)
    {
        _file.Add(value);
        if (value == 0xFF)
        {
            _file.Add(0);
        }
    }

    private void Flush()
    {
        while (_count != 0)
        {
            Put(1, 1);
        }
    }

    /// <summary>Writes a table whose symbols have codes of lengths by chance, and returns the codes.</summary>
    private Dictionary<int, (int Code, int Length)> Table(byte number, int[] symbols)
    {
        _random.Shuffle(symbols);
        var counts = new byte[16];
        var codes = new Dictionary<int, (int, int)>();
        var code = 0;
        var next = 0;
        for (var length = 1; length <= 16; length++)
        {
            // The longest codes take what is left; one code of all ones stays free.
            var free = (1 << length) - 1 - code;
            var left = symbols.Length - next;
            var count = length == 16 ? left : Math.Min(left, _random.Next(0, Math.Min(free, 1 + left / 4) + 1));
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

    private void Segment(byte marker, byte[] body) =>
        _file.AddRange([0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body]);
}
