namespace ImageLibrary.Imaging;

/// <summary>What a source may need at most; checked on its header, before anything is decoded.</summary>
public sealed record RenderLimits
{
    /// <summary>Size of the file in bytes.</summary>
    public long MaxFileBytes { get; init; } = 1L << 30;

    /// <summary>Width times height.</summary>
    public long MaxPixels { get; init; } = 1_000_000_000;

    /// <summary>Width and height in pixels.</summary>
    public int MaxSide { get; init; } = 65_500;

    /// <summary>
    /// Width times height of a JPEG in several scans, such as a progressive one, whose coefficients must all be kept until its end.
    /// </summary>
    public long MaxMultiScanPixels { get; init; } = 50_000_000;

    /// <summary>Scans of a JPEG, each of which is a pass over all of its blocks; encoders make about ten.</summary>
    public int MaxScans { get; init; } = 50;

    /// <summary>
    /// Width times height times scans of a JPEG in several scans: where it is damaged, that takes some seconds, and nothing can stop it.
    /// </summary>
    public long MaxScannedPixels { get; init; } = 500_000_000;

    /// <summary>Checks that the limits make sense.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxFileBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxPixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxSide);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxMultiScanPixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxScans);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxScannedPixels);
    }
}
