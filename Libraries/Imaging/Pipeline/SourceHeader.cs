using ImageLibrary.Core;
using ImageLibrary.Imaging.Metadata;

namespace ImageLibrary.Imaging.Pipeline;

/// <summary>What is known of a source before decoding.</summary>
/// <param name="Format">Format by content.</param>
/// <param name="Width">Stored width in pixels.</param>
/// <param name="Height">Stored height in pixels.</param>
/// <param name="Orientation">EXIF orientation, 1 to 8.</param>
/// <param name="Animated">More than one frame or page.</param>
/// <param name="Jpeg">Details of a JPEG.</param>
/// <param name="PlanesPath">Whether TurboJPEG's planes can be used as they are.</param>
internal sealed record SourceHeader(
    string Format, int Width, int Height, int Orientation, bool Animated, JpegHeader? Jpeg, bool PlanesPath)
{
    internal bool Turned => Orientation >= 5;

    internal int ShownWidth => Turned ? Height : Width;

    internal int ShownHeight => Turned ? Width : Height;

    internal SourceFacts Facts => new()
    {
        Width = ShownWidth,
        Height = ShownHeight,
        Format = Format,
        Orientation = Orientation,
        Animated = Animated,
        Quality = Jpeg?.Quality,
    };
}
