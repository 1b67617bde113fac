namespace ImageLibrary.Imaging.Jpeg;

/// <summary>To how many eighths of its size a JPEG is decoded: below 8, each sample is a mean.</summary>
/// <param name="Luma">2, 4 or 8.</param>
/// <param name="Chroma">2, 4 or 8, not more than of luma; of the size in which chroma is stored.</param>
internal readonly record struct JpegScale(int Luma, int Chroma)
{
    /// <summary>The same for luma and chroma.</summary>
    internal static JpegScale Of(int eighths) => new(eighths, eighths);

    /// <summary>Samples for each eight of a component.</summary>
    internal int Size(int component) => component == 0 ? Luma : Chroma;
}
