using ImageLibrary.Core;
using ImageLibrary.Imaging.Bmp;
using ImageLibrary.Imaging.Metadata;
using ImageLibrary.Imaging.Png;

namespace ImageLibrary.Imaging.Pipeline;

/// <summary>What is known of a source before decoding.</summary>
/// <param name="Format">Format by content.</param>
/// <param name="Width">Stored width in pixels.</param>
/// <param name="Height">Stored height in pixels.</param>
/// <param name="Orientation">EXIF orientation, 1 to 8.</param>
/// <param name="Animated">More than one frame or page.</param>
/// <param name="Jpeg">Details of a JPEG.</param>
/// <param name="PlanesPath">Whether its planes can be had without libvips, if it is not damaged.</param>
internal sealed record SourceHeader(
    string Format, int Width, int Height, int Orientation, bool Animated, JpegHeader? Jpeg, bool PlanesPath)
{
    /// <summary>Where the picture lies in the file: all of it, the preview in a RAW file, or the first frames of a long GIF.</summary>
    internal Range Content { get; init; } = Range.All;

    /// <summary>The file's own format, where the picture is a preview in it.</summary>
    internal string? Container { get; init; }

    /// <summary>Camera and time.</summary>
    internal ExifFacts Exif { get; init; } = ExifFacts.None;

    /// <summary>Details of a PNG that is not unusual.</summary>
    internal PngHeader? Png { get; init; }

    /// <summary>Details of a BMP.</summary>
    internal BmpHeader? Bmp { get; init; }

    /// <summary>Bytes of a pixel as libvips hands it out; 0 where libvips was not asked.</summary>
    internal int PixelBytes { get; init; }

    /// <summary>Pixels that libvips keeps besides the rows it works on, because they do not come row by row.</summary>
    internal long BufferedPixels { get; init; }

    /// <summary>Bytes of the file that are copied before libvips gets it, or by it.</summary>
    internal long CopiedBytes { get; init; }

    /// <summary>Whether the samples are sRGB, or gray of the same curve, as they are.</summary>
    internal bool IsSrgb { get; init; }

    /// <summary>The embedded profile; empty when absent.</summary>
    internal byte[] Profile { get; init; } = [];

    internal bool Turned => Orientation >= 5;

    internal int ShownWidth => Turned ? Height : Width;

    internal int ShownHeight => Turned ? Width : Height;

    internal SourceFacts Facts => new()
    {
        Width = ShownWidth,
        Height = ShownHeight,
        Format = Container ?? Format,
        Orientation = Orientation,
        Animated = Animated,
        Quality = Jpeg?.Quality,
        Profile = ColourProfile.Name(Profile),
        Camera = Exif.Camera,
        TakenAt = Exif.TakenAt,
    };
}
