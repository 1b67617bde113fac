using ImageLibrary.Activities;
using ImageLibrary.Archives;
using ImageLibrary.Imaging;
using ImageLibrary.Worker.Isolation;

namespace ImageLibrary.Cli.Settings;

/// <summary>What pictures and archives may ask for at most.</summary>
internal sealed record Limits
{
    /// <summary>What any picture may need, in a helper process, too.</summary>
    public required RenderLimits Pictures { get; init; }

    /// <summary>Larger files are rendered in a helper process, in bytes.</summary>
    public required long IsolatedFileBytes { get; init; }

    /// <summary>JPEGs in several scans with more pixels are rendered in a helper process.</summary>
    public required long IsolatedMultiScanPixels { get; init; }

    /// <summary>Longest time for one picture.</summary>
    public required TimeSpan PictureTime { get; init; }

    /// <summary>What an archive may ask for.</summary>
    public required ArchiveLimits Archives { get; init; }

    /// <summary>What a picture may need in this process; with more it goes to a helper.</summary>
    public RenderLimits InProcess => Pictures with
    {
        MaxMultiScanPixels = Math.Min(Pictures.MaxMultiScanPixels, IsolatedMultiScanPixels),
        MaxScans = Math.Min(Pictures.MaxScans, new RenderLimits().MaxScans),
        MaxScannedPixels = new RenderLimits().MaxScannedPixels,
    };

    /// <summary>Settings of rendering with these limits.</summary>
    public RenderSettings Apply(RenderSettings settings) => settings with
    {
        MaxFileBytes = Pictures.MaxFileBytes,
        IsolatedFileBytes = IsolatedFileBytes,
        PictureDeadline = PictureTime,
    };

    /// <summary>Settings of helper processes with these limits.</summary>
    public HelperOptions Apply(HelperOptions options) => options with { Limits = Pictures, PictureDeadline = PictureTime };
}
