using ImageLibrary.Imaging.Metadata;
using ImageLibrary.Imaging.Pipeline;
using ImageLibrary.Imaging.Png;

namespace ImageLibrary.Imaging.Vips;

/// <summary>Decodes a source of any format to 8-bit sRGB of a given size, by libvips.</summary>
internal static unsafe class VipsPipeline
{
    private const int SizeForce = 3;
    private const int IntentRelative = 1;

    /// <summary>Decodes.</summary>
    /// <param name="data">The whole file; must outlive the result.</param>
    /// <param name="length">Its length.</param>
    /// <param name="header">Its header.</param>
    /// <param name="width">Width as shown.</param>
    /// <param name="height">Height as shown.</param>
    /// <param name="failOn">Tolerance.</param>
    /// <param name="cancellationToken">Stops between rows of tiles.</param>
    /// <returns>1 to 4 bands in memory: gray or sRGB, with or without alpha; not yet upright.</returns>
    /// <exception cref="VipsException">The source cannot be decoded.</exception>
    internal static VipsImage Decode(
        byte* data, int length, SourceHeader header, int width, int height, VipsLoader.FailOn failOn,
        CancellationToken cancellationToken)
    {
        var (storedWidth, storedHeight) = header.Turned ? (height, width) : (width, height);
        using var light = header.Format == ImageFormat.Png ? LightPng.Of(new ReadOnlySpan<byte>(data, length)) : null;
        if (light is not null)
        {
            data = light.Pointer;
            length = light.Length;
        }

        using var resized = header.Format == ImageFormat.Jpeg
            ? LoadJpeg(data, length, header, storedWidth, storedHeight, failOn)
            : LoadOther(data, length, header, storedWidth, storedHeight, failOn);
        using var colours = ToSrgb(resized);
        return Run(colours, cancellationToken);
    }

    /// <summary>Resizes a picture that lies in memory, alpha respected.</summary>
    internal static VipsImage Resize(VipsImage image, int width, int height)
    {
        using var thumbnail = new VipsOperation("thumbnail_image")
            .Set("in", image).Set("width", width).Set("height", height).Set("size", SizeForce).Set("no_rotate", 1);
        using var lazy = thumbnail.Image();
        return lazy.CopyMemory();
    }

    /// <summary>Declares samples without further information to be gray or sRGB.</summary>
    internal static VipsImage MarkSrgb(VipsImage image)
    {
        using var copy = new VipsOperation("copy")
            .Set("in", image)
            .Set("interpretation", image.Bands == 1 ? VipsImage.InterpretationGray : VipsImage.InterpretationSrgb);
        return copy.Image();
    }

    /// <summary>Puts a picture with alpha on white; others stay as they are.</summary>
    internal static VipsImage Flatten(VipsImage image)
    {
        using var flatten = image.HasAlpha
            ? new VipsOperation("flatten").Set("in", image).Set("background", [255.0])
            : new VipsOperation("copy").Set("in", image);
        using var lazy = flatten.Image();
        return lazy.CopyMemory();
    }

    /// <summary>
    /// The shrink is chosen without libvips's margin of two, which costs a quarter of the time, and the colours are
    /// converted after the resize, on few pixels.
    /// </summary>
    private static VipsImage LoadJpeg(
        byte* data, int length, SourceHeader header, int width, int height, VipsLoader.FailOn failOn)
    {
        var shrink = 8 / JpegReduction.Eighths(header.Width, header.Height, width, height);
        using var loaded = VipsLoader.Open(data, length, ImageFormat.Jpeg, shrink, failOn);
        using var resize = new VipsOperation("resize")
            .Set("in", loaded)
            .Set("scale", (double)width / loaded.Width)
            .Set("vscale", (double)height / loaded.Height);
        return resize.Image();
    }

    private static VipsImage LoadOther(
        byte* data, int length, SourceHeader header, int width, int height, VipsLoader.FailOn failOn)
    {
        // WebP reduces while it decodes, but badly; twice the target keeps the last step ours.
        var scale = 1.0;
        if (header.Format == ImageFormat.WebP)
        {
            scale = Math.Min(1, 2.0 * Math.Max((double)width / header.Width, (double)height / header.Height));
        }

        using var loaded = VipsLoader.Open(data, length, header.Format, shrink: 1, failOn, scale);
        using var thumbnail = new VipsOperation("thumbnail_image")
            .Set("in", loaded).Set("width", width).Set("height", height).Set("size", SizeForce).Set("no_rotate", 1);
        if (loaded.HasField(VipsImage.ProfileField))
        {
            thumbnail.Set("export_profile", "srgb").Set("intent", IntentRelative);
        }

        return thumbnail.Image();
    }

    /// <summary>Converts to 8-bit gray or sRGB, by the embedded profile where there is one.</summary>
    internal static VipsImage ToSrgb(VipsImage image)
    {
        if (image.HasField(VipsImage.ProfileField) && image.Format == VipsImage.FormatByte
            && image.Interpretation is VipsImage.InterpretationSrgb or VipsImage.InterpretationGray
            && ColourProfile.IsSrgb(image.Blob(VipsImage.ProfileField)))
        {
            return Identity(image);
        }

        if (image.HasField(VipsImage.ProfileField) || image.Interpretation == VipsImage.InterpretationCmyk)
        {
            using var transform = new VipsOperation("icc_transform")
                .Set("in", image)
                .Set("output_profile", "srgb")
                .Set("embedded", 1)
                .Set("input_profile", image.Interpretation == VipsImage.InterpretationCmyk ? "cmyk" : "srgb")
                .Set("intent", IntentRelative)
                .Set("depth", 8);
            return transform.Image();
        }

        if (image.Format == VipsImage.FormatByte
            && image.Interpretation is VipsImage.InterpretationSrgb or VipsImage.InterpretationGray)
        {
            return Identity(image);
        }

        using var convert = new VipsOperation("colourspace")
            .Set("in", image)
            .Set("space", image.Bands <= 2 ? VipsImage.InterpretationGray : VipsImage.InterpretationSrgb);
        return convert.Image();
    }

    private static VipsImage Identity(VipsImage image)
    {
        using var copy = new VipsOperation("copy").Set("in", image);
        return copy.Image();
    }

    private static VipsImage Run(VipsImage pipeline, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(
            static state => ((VipsImage)state!).Kill(), pipeline, useSynchronizationContext: false);
        try
        {
            return pipeline.CopyMemory();
        }
        catch (VipsException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    /// <summary>Turns a picture as its EXIF orientation says.</summary>
    internal static VipsImage Upright(VipsImage image, int orientation)
    {
        if (orientation <= 1)
        {
            return Identity(image);
        }

        // The orientation comes from our own reading of the header, so both paths agree on it.
        var (angle, mirror) = orientation switch
        {
            2 => (0, true),
            3 => (2, false),
            4 => (2, true),
            5 => (1, true),
            6 => (1, false),
            7 => (3, true),
            _ => (3, false),
        };
        using var rotate = new VipsOperation("rot").Set("in", image).Set("angle", angle);
        using var rotated = rotate.Image();
        if (!mirror)
        {
            return rotated.CopyMemory();
        }

        using var flip = new VipsOperation("flip").Set("in", rotated).Set("direction", 0);
        using var flipped = flip.Image();
        return flipped.CopyMemory();
    }
}
