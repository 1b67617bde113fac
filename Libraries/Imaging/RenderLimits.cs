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

    /// <summary>Width times height of a progressive JPEG, whose coefficients must all be kept until its end.</summary>
    public long MaxProgressivePixels { get; init; } = 50_000_000;

    /// <summary>Checks that the limits make sense.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxFileBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxPixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxSide);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxProgressivePixels);
    }
}
