using System.Security.Cryptography;
using ImageLibrary.Core;
using ImageLibrary.Imaging.Bmp;
using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Jpeg;
using ImageLibrary.Imaging.Jpeg.Baseline;
using ImageLibrary.Imaging.Jpeg.Dc;
using ImageLibrary.Imaging.Jpeg.Entropy;
using ImageLibrary.Imaging.Jpeg.Progressive;
using ImageLibrary.Imaging.Metadata;
using ImageLibrary.Imaging.Planes;
using ImageLibrary.Imaging.Png;
using ImageLibrary.Imaging.Vips;
using ImageLibrary.Imaging.WebP;

namespace ImageLibrary.Imaging.Pipeline;

/// <summary>Decodes a source once, at least at the size of its largest derivative.</summary>
internal sealed unsafe class SourceDecoder(NativeBufferPool pool)
{
    /// <summary>At this reduction a block of a JPEG becomes one sample.</summary>
    private const int DcEighths = 1;

    private static readonly KeptTables<string, MatrixConverter?> Converters = new();

    /// <summary>Decodes.</summary>
    /// <param name="source">The whole file.</param>
    /// <param name="header">Its header.</param>
    /// <param name="width">Width as shown of the largest derivative.</param>
    /// <param name="height">Height as shown of the largest derivative.</param>
    /// <param name="keepsAlpha">Whether samples with their alpha are wanted.</param>
    /// <param name="targets">All pictures that will be wanted of an undamaged source; none when its planes are wanted.</param>
    /// <param name="cancellationToken">Stops libvips between rows of tiles, and our own decoders of JPEG between rows of blocks.</param>
    /// <exception cref="SourceException">Too little of the source can be decoded.</exception>
    internal DecodedSource Decode(
        ReadOnlySpan<byte> source, SourceHeader header, int width, int height, bool keepsAlpha, IReadOnlyList<ScaleTarget> targets,
        CancellationToken cancellationToken) =>
        DecodePlanes(source, header, width, height, keepsAlpha, targets, cancellationToken)
        ?? DecodeSamples(source, header, width, height, cancellationToken);

    private DecodedSource? DecodePlanes(
        ReadOnlySpan<byte> source, SourceHeader header, int width, int height, bool keepsAlpha, IReadOnlyList<ScaleTarget> targets,
        CancellationToken cancellationToken)
    {
        var (storedWidth, storedHeight) = header.Turned ? (height, width) : (width, height);
        var damaged = false;
        var planes = header switch
        {
            { PlanesPath: false } => null,
            { Bmp: { } bmp } => ReadBmp(source, bmp, out damaged),
            { Png: { } png } => keepsAlpha && png.HasAlpha ? null : PngDecoder.TryDecode(source, png, pool),
            { Format: ImageFormat.WebP } => WebPDecoder.TryDecode(source, header.Width, header.Height, pool),
            _ => null,
        };
        return planes is not null ? Complete(planes, source, header, storedWidth, storedHeight, damaged)
            : header is { PlanesPath: true, Jpeg: not null } ? ReadJpeg(source, header, storedWidth, storedHeight, targets, cancellationToken)
            : null;
    }

    /// <summary>Takes ownership of the planes and brings their colours to sRGB.</summary>
    private DecodedSource Complete(
        PlanarPicture planes, ReadOnlySpan<byte> source, SourceHeader header, int storedWidth, int storedHeight, bool damaged)
    {
        try
        {
            planes.ReplicateEdges();
            if (!header.IsSrgb)
            {
                // Resized first, so that few pixels have their colours converted.
                using var resized = PlanarScaler.Scale(planes, WithAllColours(storedWidth, storedHeight), pool);
                var converted = ToSrgb(resized, source, header);
                planes.Dispose();
                planes = converted;
            }

            return new DecodedSource(planes, Orientation.FromExif(header.Orientation), samples: null, damaged);
        }
        catch
        {
            planes.Dispose();
            throw;
        }
    }

    private PlanarPicture ReadBmp(ReadOnlySpan<byte> source, BmpHeader bmp, out bool damaged)
    {
        var planes = BmpDecoder.Decode(source, bmp, pool, out var rows);
        damaged = rows < bmp.Height;
        if (MissingRows.AreEnough(rows, bmp.Height))
        {
            return planes;
        }

        planes.Dispose();
        throw new SourceException(ImageFailure.Of(FailureClass.Truncated));
    }

    private DecodedSource ReadJpeg(
        ReadOnlySpan<byte> source, SourceHeader header, int width, int height, IReadOnlyList<ScaleTarget> targets,
        CancellationToken cancellationToken)
    {
        var eighths = JpegReduction.PlaneEighths(header.Jpeg!, width, height);
        var wanted = header.IsSrgb ? targets : [WithAllColours(width, height)];
        if (eighths == DcEighths)
        {
            if (DcDecoder.TryDecode(source, pool, cancellationToken) is { } means)
            {
                return Complete(means, source, header, width, height, damaged: false);
            }
        }
        else if (TryReadUndamaged(source, header, JpegReduction.PlaneScale(header.Jpeg!, eighths, wanted), wanted, cancellationToken) is { } undamaged)
        {
            return undamaged;
        }

        try
        {
            var planes = TurboJpegDecoder.Decode(source, eighths, pool, out var warning);
            if (warning is null || MissingRows.EnoughRemains(planes))
            {
                return Complete(planes, source, header, width, height, damaged: warning is not null);
            }

            planes.Dispose();
            throw Failure(source, header, new TurboJpegException(warning));
        }
        catch (TurboJpegException e)
        {
            throw Failure(source, header, e);
        }
    }

    private DecodedSource? TryReadUndamaged(
        ReadOnlySpan<byte> source, SourceHeader header, JpegScale scale, IReadOnlyList<ScaleTarget> targets, CancellationToken cancellationToken)
    {
        var orientation = Orientation.FromExif(header.Orientation);
        if (targets.Count == 0)
        {
            using var whole = new WholePicture(pool);
            return TryDecode(source, header.Jpeg!, scale, whole, cancellationToken)
                ? new DecodedSource(whole.Finish(), orientation, samples: null, damaged: false)
                : null;
        }

        using var pictures = new ScaledPictures(targets, pool);
        if (!TryDecode(source, header.Jpeg!, scale, pictures, cancellationToken))
        {
            return null;
        }

        var scaled = pictures.Finish();
        if (header.IsSrgb)
        {
            return new DecodedSource(targets.Zip(scaled), orientation);
        }

        using var resized = scaled[0];
        return new DecodedSource(ToSrgb(resized, source, header), orientation, samples: null, damaged: false);
    }

    private bool TryDecode(
        ReadOnlySpan<byte> source, JpegHeader jpeg, JpegScale scale, IRowReceiver receiver, CancellationToken cancellationToken) =>
        jpeg.KeepsCoefficients
            ? ProgressiveDecoder.TryDecode(source, scale, receiver, pool, cancellationToken)
            : BaselineDecoder.TryDecode(source, scale, receiver, pool, cancellationToken);

    private static MatrixConverter? ConverterOf(byte[] profile) => Converters.GetOrAdd(
        Convert.ToHexString(SHA256.HashData(profile)),
        _ => MatrixProfile.Read(profile) is { } curves ? new MatrixConverter(curves) : null);

    private static ScaleTarget WithAllColours(int width, int height) => new(width, height, ChromaSampling.Full, default);

    /// <summary>Planes in sRGB, the caller's; those given may be used for it.</summary>
    private PlanarPicture ToSrgb(PlanarPicture planes, ReadOnlySpan<byte> source, SourceHeader header)
    {
        if (!planes.IsGray && ConverterOf(header.Profile) is { } converter)
        {
            converter.Convert(planes);
            return planes.Detach();
        }

        try
        {
            var (width, height) = ((int)planes.Width, (int)planes.Height);
            using var samples = RgbConverter.ToSamples(planes, pool);
            using var raw = VipsImage.FromMemory(samples.Pointer, width, height, planes.Planes.Count);
            using var image = VipsPipeline.MarkSrgb(raw);
            image.SetBlob(VipsImage.ProfileField, header.Profile);
            using var lazy = VipsPipeline.ToSrgb(image);
            using var converted = lazy.CopyMemory();
            return RgbConverter.ToPlanes(converted.Data, width, height, converted.Bands, pool);
        }
        catch (VipsException e)
        {
            throw Failure(source, header, e);
        }
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

            if (header.Format == ImageFormat.WebP && DecodeWebPRows(source, header, width, height) is { } rows)
            {
                return rows;
            }

            try
            {
                return Decode(VipsLoader.FailOn.None, data, source.Length);
            }
            catch (VipsException e)
            {
                throw Failure(source, header, e);
            }
        }

        DecodedSource Decode(VipsLoader.FailOn failOn, byte* data, int length)
        {
            using var stored = VipsPipeline.Decode(data, length, header, width, height, failOn, cancellationToken);
            var damaged = failOn == VipsLoader.FailOn.None;
            if (damaged && !EnoughRemains(stored))
            {
                throw Failure(new ReadOnlySpan<byte>(data, length), header, inner: null);
            }

            var samples = VipsPipeline.Upright(stored, header.Orientation);
            try
            {
                return new DecodedSource(ToPlanes(samples), default, samples, damaged);
            }
            catch
            {
                samples.Dispose();
                throw;
            }
        }
    }

    /// <summary>libvips shows nothing of a WebP that is not whole.</summary>
    private DecodedSource? DecodeWebPRows(ReadOnlySpan<byte> source, SourceHeader header, int width, int height)
    {
        if (WebPDecoder.TryDecodeRows(source, header.Width, header.Height, pool, out var rows) is not { } planes)
        {
            return null;
        }

        if (MissingRows.AreEnough(rows, header.Height))
        {
            var (storedWidth, storedHeight) = header.Turned ? (height, width) : (width, height);
            return Complete(planes, source, header, storedWidth, storedHeight, damaged: true);
        }

        planes.Dispose();
        throw Failure(source, header, inner: null);
    }

    private bool EnoughRemains(VipsImage stored)
    {
        using var planes = ToPlanes(stored);
        return MissingRows.EnoughRemains(planes);
    }

    private PlanarPicture ToPlanes(VipsImage samples)
    {
        using var opaque = VipsPipeline.Flatten(samples);
        return RgbConverter.ToPlanes(opaque.Data, opaque.Width, opaque.Height, opaque.Bands, pool);
    }

    private static SourceException Failure(ReadOnlySpan<byte> source, SourceHeader header, Exception? inner) =>
        new(ImageFailure.Of(ImageFormat.HasEnd(source, header.Format) ? FailureClass.Corrupt : FailureClass.Truncated), inner);
}
