namespace ImageLibrary.Core;

/// <summary>A derivative to be made of an image. It is never enlarged beyond its source.</summary>
/// <param name="Kind">Kind, lower case; names the folder of the files.</param>
/// <param name="MaxWidth">Width of the box in pixels that it fits.</param>
/// <param name="MaxHeight">Height of the box in pixels that it fits.</param>
/// <param name="Format">Output format: <c>jpeg</c>, <c>png</c>, <c>webp</c> or <c>avif</c>.</param>
/// <param name="Quality">Encoder quality, 1 to 100; capped by the source's own.</param>
public sealed record DerivativeSpec(string Kind, int MaxWidth, int MaxHeight, string Format, int Quality)
{
    /// <summary>Kind of the small picture for grids.</summary>
    public const string Thumbnail = "thumbnail";

    /// <summary>Kind of the display-size picture.</summary>
    public const string Cache = "cache";

    /// <summary>A thumbnail of 300×300 and a cache image of 1920×1080, JPEG of quality 85.</summary>
    public static IReadOnlyList<DerivativeSpec> Defaults { get; } =
        [new(Thumbnail, 300, 300, "jpeg", 85), new(Cache, 1920, 1080, "jpeg", 85)];

    /// <summary>
    /// The longest side that a format's encoder takes in pixels: WebP's dimensions have 14 bits, libheif bounds those of AVIF, and
    /// libjpeg those of JPEG. PNG would take more, but no source is larger.
    /// </summary>
    /// <param name="format">Output format.</param>
    public static int LargestSide(string format) => format switch
    {
        "webp" => 16_383,
        "avif" => 16_384,
        _ => 65_500,
    };
}
