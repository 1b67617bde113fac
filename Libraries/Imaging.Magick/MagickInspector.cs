using System.Buffers.Binary;
using System.Globalization;
using ImageLibrary.Core;
using ImageMagick;

namespace ImageLibrary.Imaging.Magick;

/// <summary>Reads headers and enforces limits; decodes nothing.</summary>
internal static class MagickInspector
{
    /// <summary>Reads the header of a source.</summary>
    /// <param name="source">The whole file.</param>
    /// <exception cref="SourceException">Empty, unsupported, corrupt, or beyond a limit.</exception>
    internal static MagickHeader Inspect(ReadOnlySpan<byte> source)
    {
        if (source.IsEmpty)
        {
            throw new SourceException(ImageFailure.Of(FailureClass.Empty));
        }

        var (reader, format) = MagickFormats.Detect(source) ?? throw new SourceException(ImageFailure.Of(FailureClass.Unsupported));
        try
        {
            using var image = new MagickImage();
            image.Ping(source, MagickFormats.ReadSettings(reader, strict: false));
            RefusePreviewAlone(image);
            var (width, height) = SizeOf(image, reader);
            if (Math.Max(width, height) > MagickRenderer.MaxSide || (long)width * height > MagickRenderer.MaxPixels)
            {
                throw new SourceException(ImageFailure.Of(FailureClass.TooLarge));
            }

            var exif = image.GetExifProfile() ?? (reader == MagickFormat.WebP ? WebPExif(source) : null);
            var orientation = reader == MagickFormat.WebP ? exif?.GetValue(ExifTag.Orientation)?.Value ?? 1 : (int)image.Orientation;
            orientation = orientation is >= 1 and <= 8 ? orientation : 1;
            var turned = orientation >= 5;
            return new MagickHeader(reader, new SourceFacts
            {
                Width = (int)(turned ? height : width),
                Height = (int)(turned ? width : height),
                Format = format,
                Orientation = orientation,
                Animated = HasMore(source, reader),
                Quality = format == "jpeg" && image.Quality is > 0 and <= 100 ? (int)image.Quality : null,
                Profile = ProfileName(image),
                Camera = CameraOf(exif),
                TakenAt = Time(Text(exif, ExifTag.DateTimeOriginal)) ?? Time(Text(exif, ExifTag.DateTime)),
            });
        }
        catch (Exception e) when (IsFault(e))
        {
            throw Failure(source, format, e);
        }
    }

    /// <summary>
    /// Whether ImageMagick found a fault. Where a reader gives neither a picture nor a reason, the image is as if it were disposed.
    /// </summary>
    internal static bool IsFault(Exception exception) => exception is MagickException or ObjectDisposedException;

    /// <summary>The name that a picture's colour profile gives itself; null without a profile or a readable name.</summary>
    internal static string? ProfileName(MagickImage image)
    {
        const int LongestName = 100;
        var name = image.GetAttribute("icc:description")?.Trim('\0', ' ');
        return string.IsNullOrEmpty(name) || name.Length > LongestName || name.Any(char.IsControl) ? null : name;
    }

    /// <summary>What a fault of ImageMagick says about a source.</summary>
    internal static SourceException Failure(ReadOnlySpan<byte> source, string format, Exception? fault)
    {
        var failure = fault is MagickResourceLimitErrorException or MagickCacheErrorException ? FailureClass.TooLarge
            : MagickFormats.HasEnd(source, format) ? FailureClass.Corrupt
            : FailureClass.Truncated;
        return new SourceException(ImageFailure.Of(failure), fault);
    }

    /// <summary>The frames of a GIF lie on a canvas; of other formats the frame is the picture.</summary>
    private static (uint Width, uint Height) SizeOf(MagickImage image, MagickFormat reader) =>
        reader == MagickFormat.Gif && image.Page is { Width: > 0, Height: > 0 } canvas ? (canvas.Width, canvas.Height) : (image.Width, image.Height);

    /// <summary>Cameras' RAW files may be TIFFs that begin with a small preview: that is not the picture.</summary>
    private static void RefusePreviewAlone(MagickImage image)
    {
        if (image.GetAttribute("tiff:subfiletype") == "REDUCEDIMAGE")
        {
            throw new SourceException(new ImageFailure(FailureClass.Unsupported, "The content is a RAW file, which is not supported here."));
        }
    }

    private static bool HasMore(ReadOnlySpan<byte> source, MagickFormat reader)
    {
        if (reader is not (MagickFormat.Gif or MagickFormat.Tiff or MagickFormat.WebP))
        {
            return false;
        }

        try
        {
            using var frames = new MagickImageCollection();
            frames.Ping(source, MagickFormats.ReadSettings(reader, strict: false, frames: 2));
            return frames.Count > 1;
        }
        catch (MagickException)
        {
            // The first one can be shown.
            return false;
        }
    }

    /// <summary>Of a WebP only the pixels' size is read without decoding it.</summary>
    private static ExifProfile? WebPExif(ReadOnlySpan<byte> source)
    {
        for (var at = 12; source.Length - at >= 8;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(source[(at + 4)..]);
            var content = source[(at + 8)..];
            if (length > content.Length)
            {
                return null;
            }

            if (source[at..].StartsWith("EXIF"u8))
            {
                var exif = content[..(int)length];
                // The parser wants the signature, which most writers of WebP leave out.
                return length > MagickRenderer.MaxProfileBytes ? null
                    : new ExifProfile(exif.StartsWith("Exif\0\0"u8) ? exif.ToArray() : [.. "Exif\0\0"u8, .. exif]);
            }

            at += 8 + (int)Math.Min(length + (length & 1), content.Length);
        }

        return null;
    }

    private static string? CameraOf(IExifProfile? exif)
    {
        var (make, model) = (Text(exif, ExifTag.Make), Text(exif, ExifTag.Model));
        return make is null || (model is not null && model.StartsWith(make, StringComparison.OrdinalIgnoreCase)) ? model
            : model is null ? make : $"{make} {model}";
    }

    private static string? Text(IExifProfile? exif, ExifTag<string> tag) =>
        exif?.GetValue(tag)?.Value.Trim('\0', ' ') is { Length: > 0 } text ? text : null;

    private static DateTime? Time(string? text) => DateTime.TryParseExact(
        text, "yyyy:MM:dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}

/// <summary>What a header tells.</summary>
/// <param name="Reader">ImageMagick's reader.</param>
/// <param name="Facts">Facts of the source.</param>
internal sealed record MagickHeader(MagickFormat Reader, SourceFacts Facts);
