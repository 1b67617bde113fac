namespace ImageLibrary.Imaging.Planes;

/// <summary>Which values the samples of a plane take; others are made full range while they are resampled, at no cost.</summary>
/// <param name="Gain">Factor to full range.</param>
/// <param name="Offset">Added behind the factor.</param>
internal readonly record struct SampleRange(double Gain, double Offset)
{
    /// <summary>0 to 255, as JPEG has it.</summary>
    internal static SampleRange Full { get; } = new(1, 0);

    // 16 to 235 for luma, 16 to 240 for chroma. Source: ITU-R BT.601, as WebP uses it.
    private static readonly SampleRange VideoLuma = new(255.0 / 219, -16 * 255.0 / 219);
    private static readonly SampleRange VideoChroma = new(255.0 / 224, 128 - 128 * 255.0 / 224);

    /// <summary>The range of a plane of video.</summary>
    internal static SampleRange Video(int plane) => plane == 0 ? VideoLuma : VideoChroma;
}
