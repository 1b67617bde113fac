namespace ImageLibrary.Imaging.Metadata;

/// <summary>How much data a picture can be made of.</summary>
internal static class PictureData
{
    private const long Tables = 256 << 10;

    // Four samples of 16 bits, twice.
    private const long MostPerPixel = 16;

    /// <summary>
    /// Whether so many bytes can be a picture's. All formats allow to fill up their data with what shows nothing, without end, and a copy
    /// would keep it.
    /// </summary>
    internal static bool CanBe(long bytes, int width, int height) => bytes <= Tables + MostPerPixel * width * height;
}
