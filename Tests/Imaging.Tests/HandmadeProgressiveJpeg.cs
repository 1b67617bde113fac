using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Tests.Imaging;

/// <summary>
/// Progressive JPEGs whose scans bring any bits of any coefficients in any order that the process allows, each with Huffman tables
/// and a restart interval of its own, and end blocks wherever chance will have it. Coefficients stay so small that no sample
/// leaves its range.
/// </summary>
internal sealed class HandmadeProgressiveJpeg
{
    private const int Block = 64;
    private const int MostSum = 900;
    private const int Unknown = 16;
    private const int SixteenZeros = 0xF0;

    private static readonly int[] EndsAndZeros = [SixteenZeros, .. Enumerable.Range(0, 15).Select(size => size << 4)];

    private readonly Random _random;
    private readonly JpegWriter _writer;
    private readonly Component[] _components;
    private readonly (int X, int Y) _units;

    // Blocks that have ended without a symbol for it yet, and the bits of their coefficients that follow it.
    private readonly List<int> _endedBits = [];
    private int _ended;
    private int _restartInterval;

    private HandmadeProgressiveJpeg(int width, int height, ChromaSampling sampling, bool gray, int seed)
    {
        _random = new Random(seed);
        _writer = new JpegWriter(_random);
        var (stepX, stepY) = gray ? (1, 1) : (sampling.X, sampling.Y);
        _units = (Blocks(width, stepX), Blocks(height, stepY));
        _components = [.. Enumerable.Range(0, gray ? 1 : 3).Select(i =>
        {
            var (x, y) = i == 0 ? (stepX, stepY) : (1, 1);
            return new Component(
                i, x, y, _units.X * x, Blocks(width, stepX / x), Blocks(height, stepY / y), Coefficients(_units.X * x * _units.Y * y));
        })];
        _writer.Quantiser([.. Enumerable.Repeat((byte)1, Block)]);
        _writer.Segment(
            0xC2,
            [
                8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, (byte)_components.Length,
                .. _components.SelectMany(component => new byte[] { component.Id, (byte)(component.X << 4 | component.Y), 0 }),
            ]);
    }

    /// <summary>Makes a file.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="sampling">Of chroma; null for a gray one.</param>
    /// <param name="seed">Of all that is left to chance.</param>
    internal static byte[] Create(int width, int height, ChromaSampling? sampling, int seed) =>
        new HandmadeProgressiveJpeg(width, height, sampling ?? new ChromaSampling(2, 2), sampling is null, seed).Write(scans: 490);

    /// <summary>Makes a file that ends before all bits of all coefficients are there.</summary>
    internal static byte[] CreateIncomplete(int width, int height, int scans, int seed) =>
        new HandmadeProgressiveJpeg(width, height, new ChromaSampling(2, 1), gray: false, seed).Write(scans);

    private static int Blocks(int pixels, int step) => (pixels + 8 * step - 1) / (8 * step);

    private int[][] Coefficients(int blocks)
    {
        // From pictures in which nearly all blocks are empty to some in which none is; and some that have hardly any zero or one.
        var empty = _random.Next(100);
        var dense = _random.Next(1, 5);
        var isFull = _random.Next(4) == 0;
        return [.. Enumerable.Range(0, blocks).Select(_ =>
        {
            var values = new int[Block];
            values[0] = _random.Next(-MostSum, MostSum) / (_random.Next(8) == 0 ? 1 : 20);
            var left = MostSum - Math.Abs(values[0]);
            var last = _random.Next(100) < empty ? 0 : isFull || _random.Next(4) == 0 ? 63 : _random.Next(64);
            for (var at = 1; at <= last; at++)
            {
                var size = _random.Next(_random.Next(2, 10));
                var value = isFull && _random.Next(60) > 0 ? _random.Next(2, 12) * (1 - 2 * _random.Next(2))
                    : _random.Next(5) < dense ? _random.Next(-1 << size, (1 << size) + 1)
                    : 0;
                values[at] = Math.Clamp(value, -left, left);
                left -= Math.Abs(values[at]);
            }

            return values;
        })];
    }

    private byte[] Write(int scans)
    {
        for (var scan = 0; scan < scans && Array.Exists(_components, component => !component.IsComplete); scan++)
        {
            if (_random.Next(3) == 0)
            {
                _restartInterval = _random.Next(3) * _random.Next(20);
                _writer.Segment(0xDD, 0, (byte)_restartInterval);
            }

            // Such a file has tens of scans; after that, they are as large as can be.
            var isLate = scan > 40;
            var open = Array.FindAll(_components, component => !component.IsComplete);
            var component = open[_random.Next(open.Length)];
            var missing = component.Missing;
            var candidates = Enumerable.Range(0, Block).Where(at => missing[at] > 0).ToArray();
            var from = missing[0] == Unknown ? 0 : candidates[isLate ? 0 : _random.Next(candidates.Length)];
            var before = missing[from];
            var after = before < Unknown ? before - 1 : isLate ? 0 : Math.Max(0, _random.Next(-3, 5));
            if (from == 0)
            {
                WriteMeans([.. _components.Where(other => other == component || (other.Missing[0] == before && _random.Next(4) > 0))], before, after);
                continue;
            }

            var stop = isLate || _random.Next(3) > 0 ? Block - 1 : _random.Next(from, Block);
            var to = from;
            while (to < stop && missing[to + 1] == before)
            {
                to++;
            }

            WriteBand(component, from, to, before, after);
        }

        return _writer.File;
    }

    private void WriteMeans(Component[] components, int before, int after)
    {
        int[] numbers = [0, 1, 2, 3];
        _random.Shuffle(numbers);
        var tables = components.Select((_, i) => before < Unknown ? [] : _writer.Table((byte)numbers[i], [.. Enumerable.Range(0, 12)])).ToArray();
        StartScan([.. components.SelectMany((component, i) => new byte[] { component.Id, (byte)(numbers[i] << 4) })], 0, 0, before, after);
        var isAlone = components.Length == 1;
        var (unitsX, unitsY) = isAlone ? (components[0].OwnBlocksX, components[0].OwnBlocksY) : _units;
        var predictions = new int[components.Length];
        for (var unit = 0; unit < unitsX * unitsY; unit++)
        {
            if (StartsSegment(unit))
            {
                Array.Clear(predictions);
            }

            for (var i = 0; i < components.Length; i++)
            {
                var component = components[i];
                var (width, height) = isAlone ? (1, 1) : (component.X, component.Y);
                for (var block = 0; block < width * height; block++)
                {
                    var mean = component.At(unit % unitsX * width + block % width, unit / unitsX * height + block / width)[0] >> after;
                    if (before < Unknown)
                    {
                        _writer.Put(mean & 1, 1);
                        continue;
                    }

                    _writer.Value(tables[i], 0, mean - predictions[i]);
                    predictions[i] = mean;
                }
            }
        }

        _writer.Flush();
        Array.ForEach(components, component => component.Missing[0] = after);
    }

    private void WriteBand(Component component, int from, int to, int before, int after)
    {
        var refines = before < Unknown;
        var number = (byte)_random.Next(4);
        var sizes = refines ? 1 : 10;
        var table = _writer.Table(
            (byte)(0x10 | number), [.. EndsAndZeros, .. Enumerable.Range(0, 16).SelectMany(zeros => Enumerable.Range(1, sizes).Select(size => zeros << 4 | size))]);
        StartScan([component.Id, number], from, to, before, after);
        for (var unit = 0; unit < component.OwnBlocksX * component.OwnBlocksY; unit++)
        {
            if (_restartInterval > 0 && unit % _restartInterval == 0)
            {
                EndSegment(table);
            }

            StartsSegment(unit);
            WriteBlock(component.At(unit % component.OwnBlocksX, unit / component.OwnBlocksX)[from..(to + 1)], refines, after, table);
            if (_ended == 0x7FFF || _random.Next(20) == 0)
            {
                EndBlocks(table);
            }
        }

        EndSegment(table);
        _writer.Flush();
        Array.Fill(component.Missing, after, from, to - from + 1);
    }

    private void WriteBlock(int[] values, bool refines, int after, Dictionary<int, (int Code, int Length)> table)
    {
        var sizes = Array.ConvertAll(values, value => Math.Abs(value) >> after);
        var lastNew = Array.FindLastIndex(sizes, size => refines ? size == 1 : size > 0);
        var bits = new List<int>();
        var zeros = 0;
        for (var at = 0; at < values.Length; at++)
        {
            if (sizes[at] == 0)
            {
                zeros++;
                continue;
            }

            for (; zeros > 15 && at <= lastNew; zeros -= 16)
            {
                EndBlocks(table);
                _writer.Symbol(table, SixteenZeros);
                Put(bits);
            }

            if (refines && sizes[at] > 1)
            {
                bits.Add(sizes[at] & 1);
                continue;
            }

            EndBlocks(table);
            _writer.Value(table, zeros, Math.Sign(values[at]) * sizes[at]);
            Put(bits);
            zeros = 0;
        }

        if (zeros > 0 || bits.Count > 0)
        {
            _ended++;
            _endedBits.AddRange(bits);
        }
    }

    private void EndBlocks(Dictionary<int, (int Code, int Length)> table)
    {
        if (_ended > 0)
        {
            var size = int.Log2(_ended);
            _writer.Symbol(table, size << 4);
            _writer.Put(_ended - (1 << size), size);
            _ended = 0;
            Put(_endedBits);
        }
    }

    /// <summary>Ends blocks and, now and then, some that are not in the segment any more.</summary>
    private void EndSegment(Dictionary<int, (int Code, int Length)> table)
    {
        _ended += _ended > 0 ? _random.Next(3) * _random.Next(20) : 0;
        EndBlocks(table);
    }

    private void Put(List<int> bits)
    {
        bits.ForEach(bit => _writer.Put(bit, 1));
        bits.Clear();
    }

    private void StartScan(byte[] components, int from, int to, int before, int after) => _writer.Segment(
        0xDA, [(byte)(components.Length / 2), .. components, (byte)from, (byte)to, (byte)((before < Unknown ? before << 4 : 0) | after)]);

    /// <summary>Writes a restart marker where one belongs.</summary>
    private bool StartsSegment(int unit)
    {
        if (unit == 0 || _restartInterval == 0 || unit % _restartInterval != 0)
        {
            return false;
        }

        _writer.Flush();
        _writer.Marker((byte)(0xD0 | (unit / _restartInterval - 1 & 7)));
        return true;
    }

    /// <summary>A component, and how many bits of each coefficient no scan has brought yet.</summary>
    private sealed record Component(int Number, int X, int Y, int BlocksX, int OwnBlocksX, int OwnBlocksY, int[][] Coefficients)
    {
        internal byte Id => (byte)(Number * 7 + 1);

        internal int[] Missing { get; } = [.. Enumerable.Repeat(Unknown, Block)];

        internal bool IsComplete => Array.TrueForAll(Missing, bits => bits == 0);

        internal int[] At(int x, int y) => Coefficients[y * BlocksX + x];
    }
}
