using ImageLibrary.Imaging;

namespace ImageLibrary.Worker.Isolation;

/// <summary>Settings of the helper processes.</summary>
public sealed record HelperOptions
{
    /// <summary>Program and arguments; null for this program.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Bytes that a helper may take (<c>--helper-memory</c>, <c>IMAGELIBRARY_HELPER_MEMORY</c>).</summary>
    public long Memory { get; init; } = 3L << 29;

    /// <summary>
    /// Formats that helpers read by the system's libvips (<c>--extra-formats</c>, <c>IMAGELIBRARY_EXTRA_FORMATS</c>); a helper that reads
    /// them reads nothing else.
    /// </summary>
    public ExtraFormats ExtraFormats { get; init; }

    /// <summary>What a picture may need at most: more than beside others, as a helper has nothing else to lose.</summary>
    public RenderLimits Limits { get; init; } = new() { MaxMultiScanPixels = 200_000_000, MaxScans = 100, MaxScannedPixels = long.MaxValue };

    /// <summary>Longest time for one picture (<c>--picture-timeout</c>, <c>IMAGELIBRARY_PICTURE_TIMEOUT</c>).</summary>
    public TimeSpan PictureDeadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time until a helper that was started answers.</summary>
    public TimeSpan StartDeadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a helper without work is kept.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(1);
}
