using System.Globalization;
using ImageLibrary.Core;
using ImageLibrary.Imaging.Jpeg;
using ImageLibrary.Imaging.Metadata;
using ImageLibrary.Imaging.Vips;

namespace ImageLibrary.Imaging.Pipeline;

/// <summary>Reads headers, enforces limits and chooses the path; decodes nothing.</summary>
internal sealed class SourceInspector(RenderLimits limits)
{
    /// <summary>Reads the header of a source.</summary>
    /// <exception cref="SourceException">Empty, unsupported, corrupt, or beyond a limit.</exception>
    internal SourceHeader Inspect(ReadOnlySpan<byte> source)
    {
        if (source.IsEmpty)
        {
            throw Fail(FailureClass.Empty);
        }

        if (source.Length > limits.MaxFileBytes)
        {
            throw Beyond("bytes", limits.MaxFileBytes, nameof(RenderLimits.MaxFileBytes));
        }

        var format = ImageFormat.Detect(source) ?? throw Fail(FailureClass.Unsupported);
        var header = format == ImageFormat.Jpeg ? InspectJpeg(source) : InspectOther(source, format);
        if (header.Width > limits.MaxSide || header.Height > limits.MaxSide)
        {
            throw Beyond("pixels a side", limits.MaxSide, nameof(RenderLimits.MaxSide));
        }

        var pixels = (long)header.Width * header.Height;
        if (pixels > limits.MaxPixels)
        {
            throw Beyond("pixels", limits.MaxPixels, nameof(RenderLimits.MaxPixels));
        }

        if (header.Jpeg is { Progressive: true } && pixels > limits.MaxProgressivePixels)
        {
            throw Beyond("pixels for a progressive JPEG", limits.MaxProgressivePixels, nameof(RenderLimits.MaxProgressivePixels));
        }

        return header;
    }

    private static SourceHeader InspectJpeg(ReadOnlySpan<byte> source)
    {
        var jpeg = JpegHeader.Read(source)
            ?? throw Fail(ImageFormat.HasEnd(source, ImageFormat.Jpeg) ? FailureClass.Corrupt : FailureClass.Truncated);
        if (jpeg.UnusualProcess || jpeg.Precision != 8)
        {
            throw Fail(FailureClass.Unsupported);
        }

        if (jpeg.Width == 0 || jpeg.Height == 0)
        {
            throw Fail(FailureClass.Corrupt);
        }

        var planes = jpeg.Components is 1 or 3
            && (jpeg.Profile.Length == 0 || ColourProfile.IsSrgb(jpeg.Profile))
            && TurboJpegDecoder.CanDecode(source);
        return new SourceHeader(
            ImageFormat.Jpeg, jpeg.Width, jpeg.Height, jpeg.Exif.Orientation, Animated: false, jpeg, planes);
    }

    private static unsafe SourceHeader InspectOther(ReadOnlySpan<byte> source, string format)
    {
        fixed (byte* data = source)
        {
            try
            {
                using var image = VipsLoader.Open(data, source.Length, format, shrink: 1, VipsLoader.FailOn.None);
                return new SourceHeader(
                    format, image.Width, image.Height, image.Orientation, image.Pages > 1, Jpeg: null, PlanesPath: false);
            }
            catch (VipsException e)
            {
                var failure = ImageFormat.HasEnd(source, format) ? FailureClass.Corrupt : FailureClass.Truncated;
                throw new SourceException(ImageFailure.Of(failure), e);
            }
        }
    }

    private static SourceException Fail(FailureClass failure) => new(ImageFailure.Of(failure));

    private static SourceException Beyond(string unit, long limit, string setting) => new(new ImageFailure(
        FailureClass.TooLarge,
        string.Create(CultureInfo.InvariantCulture, $"The image has more than {limit:N0} {unit}; the setting is {setting}.")));
}
