namespace ImageLibrary.Imaging.Pipeline;

/// <summary>How far a JPEG is reduced during its inverse transform.</summary>
internal static class JpegReduction
{
    /// <summary>
    /// The largest reduction that leaves at least the target size: a margin beyond that costs a quarter of the time
    /// and cannot be seen.
    /// </summary>
    internal static int Denominator(int width, int height, int targetWidth, int targetHeight)
    {
        var scale = Math.Min((double)width / targetWidth, (double)height / targetHeight);
        return scale switch
        {
            >= 8 => 8,
            >= 4 => 4,
            >= 2 => 2,
            _ => 1,
        };
    }
}
