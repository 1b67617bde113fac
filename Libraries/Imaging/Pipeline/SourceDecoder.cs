using ImageLibrary.Core;
using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Jpeg;
using ImageLibrary.Imaging.Jpeg.Dc;
using ImageLibrary.Imaging.Metadata;
using ImageLibrary.Imaging.Planes;
using ImageLibrary.Imaging.Vips;

namespace ImageLibrary.Imaging.Pipeline;

/// <summary>Decodes a source once, at least at the size of its largest derivative.</summary>
internal sealed unsafe class SourceDecoder(NativeBufferPool pool)
{
    /// <summary>At this reduction a block of a JPEG becomes one sample.</summary>
    private const int DcDenominator = 8;

    /// <summary>Decodes.</summary>
    /// <param name="source">The whole file.</param>
    /// <param name="header">Its header.</param>
    /// <param name="width">Width as shown of the largest derivative.</param>
    /// <param name="height">Height as shown of the largest derivative.</param>
    /// <param name="cancellationToken">Stops libvips between rows of tiles.</param>
    /// <exception cref="SourceException">Too little of the source can be decoded.</exception>
    internal DecodedSource Decode(
        ReadOnlySpan<byte> source, SourceHeader header, int width, int height, CancellationToken cancellationToken) =>
        header.PlanesPath
            ? DecodePlanes(source, header, width, height)
            : DecodeSamples(source, header, width, height, cancellationToken);

    private DecodedSource DecodePlanes(ReadOnlySpan<byte> source, SourceHeader header, int width, int height)
    {
        var (storedWidth, storedHeight) = header.Turned ? (height, width) : (width, height);
        var denominator = JpegReduction.Denominator(header.Width, header.Height, storedWidth, storedHeight);
        if (denominator == DcDenominator && DcDecoder.TryDecode(source, pool) is { } means)
        {
            means.ReplicateEdges();
            return new DecodedSource(means, Orientation.FromExif(header.Orientation), Samples: null, Damaged: false);
        }

        PlanarPicture planes;
        string? warning;
        try
        {
            planes = TurboJpegDecoder.Decode(source, denominator, pool, out warning);
        }
        catch (TurboJpegException e)
        {
            throw Failure(source, header, e);
        }

        planes.ReplicateEdges();
        if (warning is not null && !MissingRows.EnoughRemains(planes))
        {
            planes.Dispose();
            throw Failure(source, header, new TurboJpegException(warning));
        }

        return new DecodedSource(planes, Orientation.FromExif(header.Orientation), Samples: null, Damaged: warning is not null);
    }

    private DecodedSource DecodeSamples(
        ReadOnlySpan<byte> source, SourceHeader header, int width, int height, CancellationToken cancellationToken)
    {
        fixed (byte* data = source)
        {
            try
            {
                return Decode(VipsLoader.FailOn.Truncated, data, source.Length);
            }
            catch (VipsException)
            {
                // Not yet hopeless: without the check of completeness something may still be shown.
            }

            DecodedSource decoded;
            try
            {
                decoded = Decode(VipsLoader.FailOn.None, data, source.Length);
            }
            catch (VipsException e)
            {
                throw Failure(source, header, e);
            }

            // Turned pictures have their missing rows at a side, and few of those formats can be turned at all.
            if (!header.Turned && !MissingRows.EnoughRemains(decoded.Planes))
            {
                decoded.Dispose();
                throw Failure(source, header, inner: null);
            }

            return decoded;
        }

        DecodedSource Decode(VipsLoader.FailOn failOn, byte* data, int length)
        {
            var samples = VipsPipeline.Decode(data, length, header, width, height, failOn, cancellationToken);
            try
            {
                using var opaque = VipsPipeline.Flatten(samples);
                var planes = RgbConverter.ToPlanes(opaque.Data, opaque.Width, opaque.Height, opaque.Bands, pool);
                return new DecodedSource(planes, default, samples, Damaged: failOn == VipsLoader.FailOn.None);
            }
            catch
            {
                samples.Dispose();
                throw;
            }
        }
    }

    private static SourceException Failure(ReadOnlySpan<byte> source, SourceHeader header, Exception? inner) =>
        new(ImageFailure.Of(ImageFormat.HasEnd(source, header.Format) ? FailureClass.Corrupt : FailureClass.Truncated), inner);
}
