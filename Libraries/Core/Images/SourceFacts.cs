namespace ImageLibrary.Core;

/// <summary>What was learned of a source when it was read.</summary>
public sealed record SourceFacts
{
    /// <summary>Width in pixels as shown, after orientation.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels as shown, after orientation.</summary>
    public required int Height { get; init; }

    /// <summary>Format by content, such as <c>jpeg</c>.</summary>
    public required string Format { get; init; }

    /// <summary>EXIF orientation, 1 to 8; 1 when absent.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>More than one frame or page.</summary>
    public bool Animated { get; init; }

    /// <summary>Estimated encoder quality of a JPEG source, 1 to 100; null for others.</summary>
    public int? Quality { get; init; }

    /// <summary>Name of the embedded colour profile; null when there is none.</summary>
    public string? Profile { get; init; }

    /// <summary>Make and model of the camera; null when unknown.</summary>
    public string? Camera { get; init; }

    /// <summary>When the picture was taken, by the camera's own clock, whose time zone is not known; null when unknown.</summary>
    public DateTime? TakenAt { get; init; }
}
