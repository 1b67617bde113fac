using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Jpeg.Entropy;
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
    private readonly NativeBufferPool _pool;
    private readonly EntropySegments _segments;
    private readonly JpegTables _tables = new();
    private DcFrame? _frame;

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
    /// <param name="cancellationToken">Stops between rows of blocks.</param>
    /// <returns>Null when anything is unusual or damaged: another decoder then has to judge.</returns>
    internal static PlanarPicture? TryDecode(ReadOnlySpan<byte> file, NativeBufferPool pool, CancellationToken cancellationToken)
    {
        using var decoder = new DcDecoder(pool, file.Length);
        return decoder.TryReadCoefficients(file, cancellationToken) ? decoder.ToPicture() : null;
    }

    public void Dispose()
    {
        _frame?.Dispose();
        _segments.Dispose();
    }

    private bool TryReadCoefficients(ReadOnlySpan<byte> file, CancellationToken cancellationToken)
    {
        var position = 2;
        while (JpegSegments.TryNext(file, ref position, out var marker, out var body))
        {
            var outcome = ReadSegment(marker, body, file, ref position, cancellationToken);
            if (outcome != Outcome.Continue)
            {
                return outcome == Outcome.Done;
            }
        }

        return false;
    }

    private Outcome ReadSegment(
        byte marker, ReadOnlySpan<byte> body, ReadOnlySpan<byte> file, ref int position, CancellationToken cancellationToken)
    {
        switch (marker)
        {
            case 0xC0 or 0xC1 or 0xC2 when _frame is null:
                _frame = JpegFrame.Read(body, marker == 0xC2) is { } header ? new DcFrame(header, _pool) : null;
                return _frame is null ? Outcome.Unusual : Outcome.Continue;
            case 0xDA when _frame is not null:
                return ReadScan(_frame, body, file, ref position, cancellationToken);
            default:
                return _tables.TryRead(marker, body) ? Outcome.Continue : Outcome.Unusual;
        }
    }

    private Outcome ReadScan(
        DcFrame frame, ReadOnlySpan<byte> body, ReadOnlySpan<byte> file, ref int position, CancellationToken cancellationToken)
    {
        if (frame.Header.ComponentsOf(body) is not { } numbers)
        {
            return Outcome.Unusual;
        }

        var (from, to) = (body[^3], body[^2]);
        var (knownBefore, missing) = (body[^1] >> 4, body[^1] & 15);
        if (frame.Header.Progressive && from > 0)
        {
            return JpegSegments.TrySkipScan(file, ref position) ? Outcome.Continue : Outcome.Unusual;
        }

        var refines = knownBefore != 0;
        if (from != 0 || to != (frame.Header.Progressive ? 0 : 63) || missing > 13 || (!frame.Header.Progressive && body[^1] != 0))
        {
            return Outcome.Unusual;
        }

        var components = new DcScanComponent[numbers.Length];
        for (var i = 0; i < components.Length; i++)
        {
            var component = frame.Components[numbers[i]];
            // A scan that brings bits again, or out of order, is damage that other decoders judge.
            if (component.MissingBits != (refines ? knownBefore : 16) || (refines && missing != knownBefore - 1)
                || CreateComponent(frame, component, body[2 + 2 * i], refines) is not { } part)
            {
                return Outcome.Unusual;
            }

            component.MissingBits = missing;
            components[i] = part;
        }

        var (unitsX, unitsY) = frame.Header.UnitsOf(numbers);
        IUnitDecoder scan = frame.Header.Progressive ? new DcScan(components, missing, refines) : new BaselineDcScan(components);
        if (!_segments.TryDecode(file, ref position, unitsX, unitsY, _tables.RestartInterval, scan, cancellationToken))
        {
            return Outcome.Unusual;
        }

        return Array.TrueForAll(frame.Components, component => component.MissingBits == 0)
            ? HasOrderlyEnd(frame, file, position) ? Outcome.Done : Outcome.Unusual
            : Outcome.Continue;
    }

    private DcScanComponent? CreateComponent(DcFrame frame, DcComponent component, byte tables, bool refines)
    {
        var (dc, ac) = (_tables.Dc(tables >> 4), _tables.Ac(tables & 15));
        return (dc is null && !refines) || (ac is null && !frame.Header.Progressive)
            || _tables.Quantisers(component.Header.Quantisation) is null
            ? null
            : new DcScanComponent(component, dc!, frame.Header.Progressive ? null : ac);
    }

    /// <summary>
    /// Whether the file goes on as an undamaged one: with its end, or, of a progressive one, with further scans and an end
    /// somewhere, for those scans are not read.
    /// </summary>
    private static bool HasOrderlyEnd(DcFrame frame, ReadOnlySpan<byte> file, int position) => frame.Header.Progressive
        ? ImageFormat.HasEnd(file, ImageFormat.Jpeg)
        : JpegSegments.IsEnd(file, position);

    private unsafe PlanarPicture? ToPicture()
    {
        var frame = _frame!.Header;
        if (Array.Exists(frame.Components, component => _tables.Quantisers(component.Quantisation) is null))
        {
            return null;
        }

        using var rented = PlanarPicture.Rent(_pool, frame.Shape(JpegScale.Of(1)));
        for (var i = 0; i < frame.Components.Length; i++)
        {
            var component = frame.Components[i];
            var quantiser = _tables.Quantisers(component.Quantisation)![0];
            var plane = rented.Planes[i];
            for (var y = 0; y < plane.Height; y++)
            {
                var coefficients = _frame.Components[i].Coefficients + (nint)y * component.BlocksX;
                var row = plane.Row(y);
                for (var x = 0; x < plane.Width; x++)
                {
                    // A DC coefficient is eight times the mean of its block.
                    row[x] = (byte)Math.Clamp(((coefficients[x] * quantiser + 4) >> 3) + 128, 0, byte.MaxValue);
                }
            }
        }

        return rented.Detach();
    }
}
