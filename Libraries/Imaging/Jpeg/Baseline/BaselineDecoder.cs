using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Jpeg.Entropy;
using ImageLibrary.Imaging.Metadata;
using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Imaging.Jpeg.Baseline;

/// <summary>
/// Decodes JPEGs of one scan to planes of their full size or a half or a quarter of it, in less time than TurboJPEG: it takes
/// symbols and their values from one table, and two blocks through the inverse transform at once. At full size the samples are
/// TurboJPEG's, and below they differ by rounding. Source: ITU-T T.81.
/// </summary>
internal static class BaselineDecoder
{
    /// <summary>Decodes.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="scale">The size to decode to.</param>
    /// <param name="receiver">Takes the rows.</param>
    /// <param name="pool">Where memory comes from.</param>
    /// <param name="cancellationToken">Stops between rows of blocks.</param>
    /// <returns>False when anything is unusual or damaged, or the processor lacks the instructions: another decoder then has to judge.</returns>
    internal static bool TryDecode(
        ReadOnlySpan<byte> file, JpegScale scale, IRowReceiver receiver, NativeBufferPool pool, CancellationToken cancellationToken)
    {
        if (!InverseTransform.IsSupported)
        {
            return false;
        }

        var tables = new JpegTables();
        JpegFrame? frame = null;
        var position = 2;
        while (JpegSegments.TryNext(file, ref position, out var marker, out var body))
        {
            switch (marker)
            {
                case 0xC0 or 0xC1 when frame is null && JpegFrame.Read(body, progressive: false) is { } header:
                    frame = header;
                    break;
                case 0xDA when frame is not null:
                    return Components(frame, tables, body) is { } components
                        && TryDecodeScan(file, position, frame, components, scale, tables.RestartInterval, receiver, pool, cancellationToken);
                default:
                    if (!tables.TryRead(marker, body))
                    {
                        return false;
                    }

                    break;
            }
        }

        return false;
    }

    /// <summary>The components of a scan that has all of them in the order of the frame; null of another scan.</summary>
    private static BaselineComponent[]? Components(JpegFrame frame, JpegTables tables, ReadOnlySpan<byte> body)
    {
        var count = frame.Components.Length;
        if (body.Length != 4 + 2 * count || body[0] != count || !body[^3..].SequenceEqual((ReadOnlySpan<byte>)[0, 63, 0]))
        {
            return null;
        }

        var components = new BaselineComponent[count];
        for (var i = 0; i < count; i++)
        {
            var header = frame.Components[i];
            var numbers = body[2 + 2 * i];
            if (body[1 + 2 * i] != header.Id || tables.Dc(numbers >> 4) is not { } dc || tables.Ac(numbers & 15) is not { } ac
                || tables.Quantisers(header.Quantisation) is not { } quantisers)
            {
                return null;
            }

            components[i] = new BaselineComponent(header, CoefficientSteps.ForDc(dc), CoefficientSteps.ForAc(ac), quantisers);
        }

        return components;
    }

    private static unsafe bool TryDecodeScan(
        ReadOnlySpan<byte> file, int position, JpegFrame frame, BaselineComponent[] components, JpegScale scale,
        int restartInterval, IRowReceiver receiver, NativeBufferPool pool, CancellationToken cancellationToken)
    {
        using var segments = new EntropySegments(pool, file.Length - position);
        var picture = receiver.Begin(frame.Shape(scale), frame.Sampling.Y * scale.Luma);
        var work = stackalloc short[BaselineScan.WorkLength];
        var scan = new BaselineScan(frame, components, scale, receiver, picture, work);
        return segments.TryDecode(file, ref position, frame.UnitsX, frame.UnitsY, restartInterval, scan, cancellationToken)
            && JpegSegments.IsEnd(file, position);
    }
}
