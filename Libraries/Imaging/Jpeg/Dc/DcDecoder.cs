using System.Buffers.Binary;
using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Metadata;
using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Imaging.Jpeg.Dc;

/// <summary>
/// Decodes a JPEG to an eighth of its size from nothing but the mean of each block, its DC coefficient: other
/// coefficients are stepped over, and scans that have only those are never read. Gives the samples of TurboJPEG's
/// reduction by eight. Baseline, extended and progressive Huffman processes. Source: ITU-T T.81.
/// </summary>
internal sealed class DcDecoder : IDisposable
{
    private const int Tables = 4;

    private readonly NativeBufferPool _pool;
    private readonly EntropySegments _segments;
    private readonly int[] _quantisers = new int[Tables];
    private readonly DcHuffmanTable?[] _dcTables = new DcHuffmanTable?[Tables];
    private readonly DcHuffmanTable?[] _acTables = new DcHuffmanTable?[Tables];
    private readonly AcRuns?[] _acRuns = new AcRuns?[Tables];
    private DcFrame? _frame;
    private int _restartInterval;

    private DcDecoder(NativeBufferPool pool, int fileLength)
    {
        _pool = pool;
        _segments = new EntropySegments(pool, fileLength);
    }

    private enum Outcome
    {
        Continue,
        Done,
        Unusual,
    }

    /// <summary>Decodes.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="pool">Where the planes come from.</param>
    /// <returns>Null when anything is unusual or damaged: another decoder then has to judge.</returns>
    internal static PlanarPicture? TryDecode(ReadOnlySpan<byte> file, NativeBufferPool pool)
    {
        using var decoder = new DcDecoder(pool, file.Length);
        return decoder.TryReadCoefficients(file) ? decoder.ToPicture() : null;
    }

    public void Dispose()
    {
        _frame?.Dispose();
        _segments.Dispose();
    }

    private bool TryReadCoefficients(ReadOnlySpan<byte> file)
    {
        var position = 2;
        while (true)
        {
            while (position + 1 < file.Length && file[position] == 0xFF && file[position + 1] == 0xFF)
            {
                position++;
            }

            if (position + 4 > file.Length || file[position] != 0xFF)
            {
                return false;
            }

            var marker = file[position + 1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(position + 2)..]);
            if (marker is 0 or 0x01 or (>= 0xD0 and <= 0xD9) || length < 2 || position + 2 + length > file.Length)
            {
                return false;
            }

            var body = file.Slice(position + 4, length - 2);
            position += 2 + length;
            var outcome = ReadSegment(marker, body, file, ref position);
            if (outcome != Outcome.Continue)
            {
                return outcome == Outcome.Done;
            }
        }
    }

    private Outcome ReadSegment(byte marker, ReadOnlySpan<byte> body, ReadOnlySpan<byte> file, ref int position)
    {
        switch (marker)
        {
            case 0xC0 or 0xC1 or 0xC2 when _frame is null:
                _frame = DcFrame.Create(body, marker == 0xC2, _pool);
                return _frame is null ? Outcome.Unusual : Outcome.Continue;
            case 0xC4:
                return ReadHuffmanTables(body) ? Outcome.Continue : Outcome.Unusual;
            case 0xDB:
                return ReadQuantisers(body) ? Outcome.Continue : Outcome.Unusual;
            case 0xDD when body.Length == 2:
                _restartInterval = BinaryPrimitives.ReadUInt16BigEndian(body);
                return Outcome.Continue;
            case 0xDA when _frame is not null:
                return ReadScan(_frame, body, file, ref position);
            case (>= 0xE0 and <= 0xEF) or 0xFE:
                return Outcome.Continue;
            default:
                return Outcome.Unusual;
        }
    }

    private bool ReadQuantisers(ReadOnlySpan<byte> body)
    {
        while (body.Length > 0)
        {
            var wide = body[0] >> 4 != 0;
            var length = wide ? 129 : 65;
            // A table that changes between scans would apply to some components only.
            if (body[0] >> 4 > 1 || (body[0] & 15) >= Tables || body.Length < length || _quantisers[body[0] & 15] != 0)
            {
                return false;
            }

            _quantisers[body[0] & 15] = wide ? BinaryPrimitives.ReadUInt16BigEndian(body[1..]) : body[1];
            body = body[length..];
        }

        return true;
    }

    private bool ReadHuffmanTables(ReadOnlySpan<byte> body)
    {
        const int HeaderLength = 17;
        while (body.Length >= HeaderLength)
        {
            var counts = body[1..HeaderLength];
            var symbols = 0;
            foreach (var count in counts)
            {
                symbols += count;
            }

            var number = body[0] & 15;
            if (body[0] >> 4 > 1 || number >= Tables || symbols > 256 || body.Length < HeaderLength + symbols
                || DcHuffmanTable.Create(counts, body.Slice(HeaderLength, symbols)) is not { } table)
            {
                return false;
            }

            if (body[0] >> 4 == 0)
            {
                _dcTables[number] = table;
            }
            else
            {
                _acTables[number] = table;
                _acRuns[number] = null;
            }

            body = body[(HeaderLength + symbols)..];
        }

        return body.IsEmpty;
    }

    private Outcome ReadScan(DcFrame frame, ReadOnlySpan<byte> body, ReadOnlySpan<byte> file, ref int position)
    {
        if (body.Length < 1 || body.Length != 4 + 2 * body[0] || body[0] is 0 or > 3)
        {
            return Outcome.Unusual;
        }

        var (from, to) = (body[^3], body[^2]);
        var (knownBefore, missing) = (body[^1] >> 4, body[^1] & 15);
        if (frame.Progressive && from > 0)
        {
            return JpegSegments.TrySkipScan(file, ref position) ? Outcome.Continue : Outcome.Unusual;
        }

        var refines = knownBefore != 0;
        if (from != 0 || to != (frame.Progressive ? 0 : 63) || missing > 13 || (!frame.Progressive && body[^1] != 0))
        {
            return Outcome.Unusual;
        }

        var components = new DcScanComponent[body[0]];
        for (var i = 0; i < components.Length; i++)
        {
            var (id, tables) = (body[1 + 2 * i], body[2 + 2 * i]);
            var component = Array.Find(frame.Components, candidate => candidate.Id == id);
            // A scan that brings bits again, or out of order, is damage that other decoders judge.
            if (component is null || component.MissingBits != (refines ? knownBefore : 16) || (refines && missing != knownBefore - 1)
                || CreateComponent(frame, component, tables, refines) is not { } part)
            {
                return Outcome.Unusual;
            }

            component.MissingBits = missing;
            components[i] = part;
        }

        var scan = new DcScan(frame, new DcScanHeader(components, missing, refines), _segments);
        if (!scan.TryDecode(file, ref position, _restartInterval))
        {
            return Outcome.Unusual;
        }

        return Array.TrueForAll(frame.Components, component => component.MissingBits == 0)
            ? HasOrderlyEnd(frame, file, position) ? Outcome.Done : Outcome.Unusual
            : Outcome.Continue;
    }

    private DcScanComponent? CreateComponent(DcFrame frame, DcComponent component, byte tables, bool refines)
    {
        var (dc, ac) = (tables >> 4, tables & 15);
        if (dc >= Tables || ac >= Tables)
        {
            return null;
        }

        if (frame.Progressive)
        {
            return _dcTables[dc] is { } table ? new DcScanComponent(component, table, Ac: null, Runs: null)
                : refines ? new DcScanComponent(component, Dc: null!, Ac: null, Runs: null) : null;
        }

        return _dcTables[dc] is { } dcTable && _acTables[ac] is { } acTable
            ? new DcScanComponent(component, dcTable, acTable, _acRuns[ac] ??= new AcRuns(acTable))
            : null;
    }

    /// <summary>
    /// Whether the file goes on as an undamaged one: with its end, or, of a progressive one, with further scans and an end
    /// somewhere, for those scans are not read.
    /// </summary>
    private static bool HasOrderlyEnd(DcFrame frame, ReadOnlySpan<byte> file, int position) => frame.Progressive
        ? ImageFormat.HasEnd(file, ImageFormat.Jpeg)
        : file[position..].StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD9]);

    private unsafe PlanarPicture? ToPicture()
    {
        const int Block = 8;
        var frame = _frame!;
        if (Array.Exists(frame.Components, component => component.Quantisation >= Tables || _quantisers[component.Quantisation] == 0))
        {
            return null;
        }

        using var rented = PlanarPicture.Rent(
            _pool, (frame.Width + Block - 1) / Block, (frame.Height + Block - 1) / Block, frame.Sampling,
            gray: frame.Components.Length == 1);
        for (var i = 0; i < frame.Components.Length; i++)
        {
            var component = frame.Components[i];
            var quantiser = _quantisers[component.Quantisation];
            var plane = rented.Planes[i];
            for (var y = 0; y < plane.Height; y++)
            {
                var coefficients = component.Coefficients + (nint)y * component.BlocksX;
                var row = plane.Row(y);
                for (var x = 0; x < plane.Width; x++)
                {
                    // A DC coefficient is eight times the mean of its block.
                    row[x] = (byte)Math.Clamp(((coefficients[x] * quantiser + 4) >> 3) + 128, 0, byte.MaxValue);
                }
            }
        }

        return rented.Detach((double)frame.Width / Block, (double)frame.Height / Block, Block);
    }
}
