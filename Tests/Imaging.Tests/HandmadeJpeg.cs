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
    private readonly JpegWriter _writer;

    private HandmadeJpeg(int seed)
    {
        _random = new Random(seed);
        _writer = new JpegWriter(_random);
        int[] acSymbols = [0, 0xF0, .. Enumerable.Range(0, 16).SelectMany(zeros => Enumerable.Range(1, 10).Select(size => zeros << 4 | size))];
        _dc = [_writer.Table(0x00, [.. Enumerable.Range(0, 12)]), _writer.Table(0x01, [.. Enumerable.Range(0, 12)])];
        _ac = [_writer.Table(0x10, acSymbols), _writer.Table(0x11, acSymbols)];
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
        _writer.Quantiser([.. Enumerable.Repeat((byte)1, Block)]);
        _writer.Segment(
            0xC0, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3,
            1, (byte)(sampling.X << 4 | sampling.Y), 0, 2, 0x11, 0, 3, 0x11, 0);
        _writer.Segment(0xDA, 3, 1, 0x00, 2, 0x11, 3, 0x10, 0, 63, 0);
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

        _writer.Flush();
        return _writer.File;
    }

    private static int Units(int pixels, int step) => (pixels + 8 * step - 1) / (8 * step);

    private void WriteBlock(Dictionary<int, (int Code, int Length)> dc, Dictionary<int, (int Code, int Length)> ac, ref int prediction)
    {
        var mean = _random.Next(-MostSum, MostSum) / (_random.Next(8) == 0 ? 1 : 20);
        _writer.Value(dc, 0, mean - prediction);
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
                _writer.Symbol(ac, 0xF0);
            }

            left -= Math.Abs(value);
            _writer.Value(ac, zeros, value);
            zeros = 0;
        }

        if (zeros > 0 || last < 63)
        {
            _writer.Symbol(ac, 0);
        }
    }
}
