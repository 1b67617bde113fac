using ImageLibrary.Core;
using ImageMagick;

namespace ImageLibrary.Imaging.Magick;

/// <summary>Decodes a source to an upright picture in gray or sRGB, without metadata.</summary>
internal static class MagickDecoder
{
    /// <summary>At least this part of the rows of a damaged picture must be there for it to be worth showing.</summary>
    private const double WorthShowing = 0.25;

    /// <summary>Decodes.</summary>
    /// <param name="source">The whole file.</param>
    /// <param name="header">Its header.</param>
    /// <param name="damaged">The source is damaged, but most of it is there.</param>
    /// <param name="profile">The name of its colour profile.</param>
    /// <exception cref="SourceException">Too little of the source can be decoded.</exception>
    internal static MagickImage Decode(ReadOnlySpan<byte> source, MagickHeader header, out bool damaged, out string? profile)
    {
        var image = new MagickImage();
        try
        {
            damaged = Read(image, source, header.Reader);
            if (damaged && !EnoughRemains(image))
            {
                throw MagickInspector.Failure(source, header.Facts.Format, fault: null);
            }

            profile = MagickInspector.ProfileName(image);
            FillCanvas(image, header);
            ToSrgb(image);
            image.AutoOrient();
            image.Strip();
            return image;
        }
        catch (Exception e)
        {
            image.Dispose();
            if (MagickInspector.IsFault(e))
            {
                throw MagickInspector.Failure(source, header.Facts.Format, e);
            }

            throw;
        }
    }

    /// <returns>Whether the source is damaged.</returns>
    private static bool Read(MagickImage image, ReadOnlySpan<byte> source, MagickFormat reader)
    {
        var damaged = false;
        image.Warning += Note;
        try
        {
            image.Read(source, MagickFormats.ReadSettings(reader, strict: true));
        }
        catch (MagickException) when (reader == MagickFormat.Png)
        {
            // Not yet hopeless: without the check sums something may still be shown.
            image.Read(source, MagickFormats.ReadSettings(reader, strict: false));
            damaged = true;
        }

        image.Warning -= Note;
        return damaged;

        // Other warnings are about metadata.
        void Note(object? sender, WarningEventArgs e) =>
            damaged |= e.Exception is MagickCorruptImageWarningException || e.Exception.RelatedExceptions.OfType<MagickCorruptImageWarningException>().Any();
    }

    /// <summary>The first frame of a GIF may be smaller than the picture.</summary>
    private static void FillCanvas(MagickImage image, MagickHeader header)
    {
        if (header.Reader == MagickFormat.Gif && image.Page is { Width: > 0, Height: > 0 } canvas
            && (canvas.X != 0 || canvas.Y != 0 || canvas.Width != image.Width || canvas.Height != image.Height))
        {
            image.Extent(new MagickGeometry(-canvas.X, -canvas.Y, canvas.Width, canvas.Height), MagickColors.Transparent);
        }

        image.ResetPage();
    }

    private static void ToSrgb(MagickImage image)
    {
        image.RenderingIntent = RenderingIntent.Relative;
        try
        {
            image.TransformColorSpace(ColorProfiles.SRGB);
        }
        catch (MagickException)
        {
            // A profile that makes no sense counts as absent.
            image.RemoveProfile("icc");
        }

        if (image.ColorSpace == ColorSpace.CMYK)
        {
            image.TransformColorSpace(ColorProfiles.USWebCoatedSWOP, ColorProfiles.SRGB);
        }

        if (image.ColorSpace is not (ColorSpace.sRGB or ColorSpace.Gray))
        {
            image.ColorSpace = ColorSpace.sRGB;
        }
    }

    /// <summary>Decoders fill the rows that are missing at the bottom with one colour.</summary>
    private static bool EnoughRemains(MagickImage image)
    {
        using var pixels = image.GetPixels();
        var present = (int)image.Height;
        var fill = pixels.GetValue(0, present - 1) ?? [];
        while (present > 0 && IsFill(pixels.GetArea(0, present - 1, image.Width, 1) ?? [], fill))
        {
            present--;
        }

        return present >= Math.Max(1, image.Height * WorthShowing);
    }

    private static bool IsFill(ReadOnlySpan<byte> row, ReadOnlySpan<byte> fill)
    {
        for (var i = 0; i < row.Length; i++)
        {
            if (Math.Abs(row[i] - fill[i % fill.Length]) > 1)
            {
                return false;
            }
        }

        return true;
    }
}
