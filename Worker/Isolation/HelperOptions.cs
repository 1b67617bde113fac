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

    /// <summary>Longest time for one picture.</summary>
    public TimeSpan PictureDeadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time until a helper that was started answers.</summary>
    public TimeSpan StartDeadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a helper without work is kept.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(1);
}
