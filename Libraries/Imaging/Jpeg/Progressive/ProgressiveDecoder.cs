using System.Runtime.Intrinsics.X86;
using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Jpeg.Baseline;
using ImageLibrary.Imaging.Jpeg.Dc;
using ImageLibrary.Imaging.Jpeg.Entropy;
using ImageLibrary.Imaging.Metadata;
using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Imaging.Jpeg.Progressive;

/// <summary>
/// Decodes progressive JPEGs to planes of their full size or a half or a quarter of it, in less time than TurboJPEG, and with the
/// samples that <see cref="BaselineDecoder"/> gives of the same coefficients. Source: ITU-T T.81, annex G.
/// </summary>
internal sealed class ProgressiveDecoder : IDisposable
{
    // TurboJPEG refuses more.
    private const int MostScans = 500;

    private readonly JpegTables _tables = new();
    private readonly NativeBufferPool _pool;
    private readonly EntropySegments _segments;
    private readonly CancellationToken _cancellationToken;
    private ProgressivePicture? _picture;
    private int _scans;

    private ProgressiveDecoder(NativeBufferPool pool, int fileLength, CancellationToken cancellationToken)
    {
        _pool = pool;
        _segments = new EntropySegments(pool, fileLength);
        _cancellationToken = cancellationToken;
    }

    /// <summary>Whether this processor has what the decoder needs.</summary>
    internal static bool IsSupported { get; } = InverseTransform.IsSupported && Bmi2.X64.IsSupported && !DepositsSlowly();

    /// <summary>Decodes.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="scale">The size to decode to.</param>
    /// <param name="receiver">Takes the rows.</param>
    /// <param name="pool">Where memory comes from.</param>
    /// <param name="cancellationToken">Stops between rows of blocks, also inside scans.</param>
    /// <returns>
    /// False when it is not progressive, anything is unusual or damaged, bits of coefficients are missing (others guess them from
    /// those around), or the processor lacks the instructions: another decoder then has to judge.
    /// </returns>
    internal static bool TryDecode(
        ReadOnlySpan<byte> file, JpegScale scale, IRowReceiver receiver, NativeBufferPool pool, CancellationToken cancellationToken)
    {
        if (!IsSupported)
        {
            return false;
        }

        using var decoder = new ProgressiveDecoder(pool, file.Length, cancellationToken);
        if (decoder.TryReadCoefficients(file) is not { } picture)
        {
            return false;
        }

        decoder.MakeSamples(picture, scale, receiver);
        return true;
    }

    public void Dispose()
    {
        _segments.Dispose();
        _picture?.Dispose();
    }

    /// <summary>AMD's processors before the Zen 3 take hundreds of cycles for an instruction that each symbol needs.</summary>
    private static bool DepositsSlowly()
    {
        const int Family17 = 0x17;
        const int AmdInEbx = 0x68747541;
        const int HygonInEbx = 0x6F677948;
        var maker = X86Base.CpuId(0, 0).Ebx;
        var version = X86Base.CpuId(1, 0).Eax;
        return maker == HygonInEbx || (maker == AmdInEbx && ((version >> 8) & 15) + ((version >> 20) & 0xFF) <= Family17);
    }

    private ProgressivePicture? TryReadCoefficients(ReadOnlySpan<byte> file)
    {
        var position = 2;
        while (JpegSegments.TryNext(file, ref position, out var marker, out var body))
        {
            switch (marker)
            {
                case 0xC2 when _picture is null && JpegFrame.Read(body, progressive: true) is { } header
                    && header.Components.DistinctBy(component => component.Id).Count() == header.Components.Length:
                    _picture = new ProgressivePicture(header, _pool);
                    break;
                case 0xDA when _picture is not null && ++_scans <= MostScans:
                    if (!TryReadScan(_picture, body, file, ref position))
                    {
                        return null;
                    }

                    break;
                default:
                    if (!_tables.TryRead(marker, body))
                    {
                        return null;
                    }

                    break;
            }
        }

        return _picture is not null && Array.TrueForAll(_picture.Components, component => component.IsComplete)
            && JpegSegments.IsEnd(file, position)
            ? _picture
            : null;
    }

    private bool TryReadScan(ProgressivePicture picture, ReadOnlySpan<byte> body, ReadOnlySpan<byte> file, ref int position)
    {
        if (picture.Header.ComponentsOf(body) is not { } numbers || ScanBand.Read(body) is not { } band)
        {
            return false;
        }

        var components = Array.ConvertAll(numbers, number => picture.Components[number]);
        if (!Array.TrueForAll(components, component => _tables.Quantisers(component.Header.Quantisation) is not null && component.TryAdvance(band))
            || CreateDecoder(components, body, band) is not { } decoder)
        {
            return false;
        }

        var (unitsX, unitsY) = picture.Header.UnitsOf(numbers);
        return _segments.TryDecode(file, ref position, unitsX, unitsY, _tables.RestartInterval, decoder, _cancellationToken);
    }

    /// <summary>What decodes a scan; null when it has not the tables, or several components where it may have one.</summary>
    private IRunDecoder? CreateDecoder(ProgressiveComponent[] components, ReadOnlySpan<byte> body, ScanBand band)
    {
        if (band.From > 0)
        {
            return components.Length > 1 || _tables.Ac(body[2] & 15) is not { } ac ? null
                : band.Refines ? new AcRefinement(components[0], ac, band) : new AcScan(components[0], ac, band);
        }

        var parts = new DcScanComponent[components.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var dc = _tables.Dc(body[2 + 2 * i] >> 4);
            if (dc is null && !band.Refines)
            {
                return null;
            }

            parts[i] = new DcScanComponent(components[i].Means, dc!, Ac: null);
        }

        return new DcScan(parts, band.MissingBits, band.Refines);
    }

    private unsafe void MakeSamples(ProgressivePicture picture, JpegScale scale, IRowReceiver receiver)
    {
        var frame = picture.Header;
        var rows = frame.Sampling.Y * scale.Luma;
        var target = receiver.Begin(frame.Shape(scale), rows);
        var quantisers = Array.ConvertAll(frame.Components, component => _tables.Quantisers(component.Quantisation)!);
        var work = stackalloc short[ProgressivePicture.WorkLength];
        for (var y = 0; y < frame.UnitsY; y++)
        {
            picture.ToSamples(y, quantisers, scale, target, work);
            receiver.Advance(Math.Min((y + 1) * rows, target.Planes[0].Height));
            _cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
