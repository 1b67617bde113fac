using System.Globalization;
using ImageLibrary.Core;
using ImageLibrary.Imaging.Bmp;
using ImageLibrary.Imaging.Jpeg;
using ImageLibrary.Imaging.Metadata;
using ImageLibrary.Imaging.Native;
using ImageLibrary.Imaging.Png;
using ImageLibrary.Imaging.Vips;
using ImageLibrary.Imaging.WebP;

namespace ImageLibrary.Imaging.Pipeline;

/// <summary>Reads headers, enforces limits and chooses the path; decodes nothing.</summary>
internal sealed class SourceInspector(RenderLimits limits)
{
    // Of what there are copies.
    private const int MostWebPMetadata = 8 << 20;

    // By libvips, of metadata.
    private const long WebPCopies = 3;
    private const long JpegCopies = 2;

    // Their records take some hundred kilobytes.
    private const int MostGifFrames = 1_000;

    // Their records take a megabyte, and libwebp a tenth of a second to find all frames: ten times as many take a hundred times as long.
    private const int MostWebPParts = 10_000;

    /// <summary>Whether a WebP has so much metadata that opening it takes memory to speak of.</summary>
    internal static bool IsHeavyWebP(ReadOnlySpan<byte> source) =>
        WebPChunks.Count(source, MostWebPParts).MetadataBytes > MostWebPMetadata;

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
            throw Beyond("bytes", limits.MaxFileBytes, LimitNames.FileSize);
        }

        var header = RawFile.Detect(source) is { } raw ? InspectRaw(source, raw) : InspectPicture(source);
        if (header.Width > limits.MaxSide || header.Height > limits.MaxSide)
        {
            throw Beyond("pixels a side", limits.MaxSide, LimitNames.Side);
        }

        var pixels = (long)header.Width * header.Height;
        if (pixels > limits.MaxPixels)
        {
            throw Beyond("pixels", limits.MaxPixels, LimitNames.Pixels);
        }

        if (header.Jpeg is { KeepsCoefficients: true })
        {
            if (pixels > limits.MaxMultiScanPixels)
            {
                throw Beyond("pixels for a JPEG in several scans", limits.MaxMultiScanPixels, LimitNames.ProgressivePixels);
            }

            var most = Math.Max(1, (int)Math.Min(limits.MaxScans, limits.MaxScannedPixels / Math.Max(1, pixels)));
            if (JpegSegments.CountScans(source[header.Content], most) > most)
            {
                throw Beyond("scans", most, LimitNames.Scans);
            }
        }

        return header;
    }

    private static SourceHeader InspectPicture(ReadOnlySpan<byte> source)
    {
        var extra = SystemCodecs.Detect(source);
        if (extra != ExtraFormats.None && !IsOurs(extra))
        {
            return InspectExtra(source, extra);
        }

        var format = ImageFormat.Detect(source) ?? throw Unsupported(ImageFormat.DetectUnsupported(source));
        if (format == ImageFormat.Jpeg)
        {
            return InspectJpeg(source);
        }

        if (format == ImageFormat.Bmp)
        {
            return InspectBmp(source);
        }

        if (!VipsLoader.IsAvailable(format))
        {
            throw Unsupported(format);
        }

        return format switch
        {
            ImageFormat.Gif => InspectGif(source),
            ImageFormat.Png when LightPng.ToOpen(source) is { } light =>
                InspectOther(source, light, ImageFormat.Png) with { CopiedBytes = source.Length },
            ImageFormat.WebP => InspectWebP(source),
            _ => InspectOther(source, source, format),
        };
    }

    private static SourceHeader InspectGif(ReadOnlySpan<byte> source)
    {
        var frames = ..GifFrames.EndOf(source, MostGifFrames);
        return InspectOther(source, source[frames], ImageFormat.Gif) with { Content = frames };
    }

    private static SourceHeader InspectWebP(ReadOnlySpan<byte> source)
    {
        var (parts, metadata) = WebPChunks.Count(source, MostWebPParts);
        return parts > MostWebPParts
            ? throw Unsupported(string.Create(CultureInfo.InvariantCulture, $"a WebP of more than {MostWebPParts:N0} frames and other parts"))
            : InspectOther(source, source, ImageFormat.WebP) with { CopiedBytes = WebPCopies * metadata };
    }

    private static SourceHeader InspectRaw(ReadOnlySpan<byte> source, string format)
    {
        if (RawFile.FindPreview(source) is not { } preview)
        {
            throw Fail(FailureClass.NoPreview);
        }

        // Previews that were stored turned have no orientation of their own only if the file has none that applies.
        var exif = RawFile.Exif(source);
        var header = InspectJpeg(source[preview.Place]);
        return header with
        {
            Content = preview.Place,
            Container = format,
            Orientation = header.Orientation > 1 ? header.Orientation : exif.Orientation,
            Exif = exif.Camera is null ? header.Exif : exif,
        };
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

        var planes = jpeg.Components is 1 or 3 && TurboJpegDecoder.CanDecode(source);
        return new SourceHeader(
            ImageFormat.Jpeg, jpeg.Width, jpeg.Height, jpeg.Exif.Orientation, Animated: false, jpeg, planes)
        {
            Exif = jpeg.Exif,
            IsSrgb = jpeg.Profile.Length == 0 || ColourProfile.IsSrgb(jpeg.Profile),
            Profile = jpeg.Profile,
            CopiedBytes = planes ? 0 : JpegCopies * jpeg.Length,
        };
    }

    private static SourceHeader InspectBmp(ReadOnlySpan<byte> source)
    {
        if (BmpHeader.Read(source, out var unsupported) is not { } bmp)
        {
            throw unsupported ? Unsupported("packed BMP") : Fail(FailureClass.Corrupt);
        }

        return new SourceHeader(
            ImageFormat.Bmp, bmp.Width, bmp.Height, Orientation: 1, Animated: false, Jpeg: null, PlanesPath: true)
        { Bmp = bmp, IsSrgb = true };
    }

    // Some builds of libvips have a codec more.
    private static bool IsOurs(ExtraFormats extra) =>
        extra == ExtraFormats.JpegXl && SystemCodecs.Bound == ExtraFormats.None && VipsLoader.IsAvailable(ImageFormat.JpegXl);

    private static SourceHeader InspectExtra(ReadOnlySpan<byte> source, ExtraFormats extra)
    {
        var name = extra switch
        {
            ExtraFormats.Heic => "HEIC",
            ExtraFormats.Jpeg2000 => "JPEG 2000",
            ExtraFormats.JpegXl => "JPEG XL",
            _ => "SVG",
        };
        if (!SystemCodecs.Bound.HasFlag(extra))
        {
            throw Refused($"The content is {name}, which is switched off; the setting is --extra-formats (IMAGELIBRARY_EXTRA_FORMATS).");
        }

        if (!NativeLibraryResolver.HasVips())
        {
            throw Refused($"The content is {name}, which needs the system's libvips; install it (on Debian the package libvips42).");
        }

        var format = ImageFormat.DetectExtra(source)!;
        return VipsLoader.IsAvailable(format)
            ? InspectOther(source, source, format)
            : throw Refused($"The content is {name}, which the system's libvips was built without.");
    }

    /// <summary>Has libvips open a file, or what of it is enough for that.</summary>
    private static unsafe SourceHeader InspectOther(ReadOnlySpan<byte> source, ReadOnlySpan<byte> opened, string format)
    {
        fixed (byte* data = opened)
        {
            try
            {
                using var image = VipsLoader.Open(data, opened.Length, format, shrink: 1, VipsLoader.FailOn.None);
                var png = format == ImageFormat.Png ? PngHeader.Read(source) : null;
                var planes = png is not null ? PngDecoder.CanDecode(png)
                    : format == ImageFormat.WebP && WebPDecoder.CanDecode(source, image.Width, image.Height);
                var profile = image.Blob(VipsImage.ProfileField).ToArray();
                return new SourceHeader(
                    format, image.Width, image.Height, image.Orientation, image.Pages > 1, Jpeg: null, planes)
                {
                    Png = png,
                    PixelBytes = image.PixelBytes,
                    BufferedPixels = format switch
                    {
                        ImageFormat.Png when image.HasField("interlaced") => (long)image.Width * image.Height,
                        ImageFormat.Tiff => TiffLayout.BufferedPixels(source, image.Width, image.Height),
                        _ => 0,
                    },
                    Exif = ReadExif(image),
                    IsSrgb = profile.Length == 0 || ColourProfile.IsSrgb(profile),
                    Profile = profile,
                };
            }
            catch (VipsException) when (format == ImageFormat.WebP && WebPDecoder.ReadSize(source) is not null)
            {
                return InspectCutWebP(source);
            }
            catch (VipsException e)
            {
                var failure = ImageFormat.HasEnd(source, format) ? FailureClass.Corrupt : FailureClass.Truncated;
                throw new SourceException(ImageFailure.Of(failure), e);
            }
        }
    }

    /// <summary>libvips does not open a WebP that is not whole. What else there is to know of it lies behind the picture.</summary>
    private static SourceHeader InspectCutWebP(ReadOnlySpan<byte> source)
    {
        var (width, height) = WebPDecoder.ReadSize(source)!.Value;
        var profile = WebPChunks.Profile(source).ToArray();
        return new SourceHeader(ImageFormat.WebP, width, height, Orientation: 1, Animated: false, Jpeg: null, PlanesPath: false)
        {
            IsSrgb = profile.Length == 0 || ColourProfile.IsSrgb(profile),
            Profile = profile,
        };
    }

    private static ExifFacts ReadExif(VipsImage image)
    {
        var exif = image.Blob("exif-data");
        return ExifFacts.Read(exif.StartsWith("Exif\0\0"u8) ? exif[6..] : exif);
    }

    private static SourceException Unsupported(string? format) => format is null
        ? Fail(FailureClass.Unsupported)
        : Refused($"The content is {format}, which is not supported here.");

    private static SourceException Refused(string why) => new(new ImageFailure(FailureClass.Unsupported, why));

    private static SourceException Fail(FailureClass failure) => new(ImageFailure.Of(failure));

    private static SourceException Beyond(string unit, long limit, string setting) => new(new ImageFailure(
        FailureClass.TooLarge,
        string.Create(CultureInfo.InvariantCulture, $"The image has more than {limit:N0} {unit}; the setting is {LimitNames.Describe(setting)}.")));
}
