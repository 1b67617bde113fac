namespace ImageLibrary.Core;

/// <summary>Options that set limits, as messages name them.</summary>
public static class LimitNames
{
    /// <summary>Bytes of a picture's file.</summary>
    public const string FileSize = "--max-file-size";

    /// <summary>Width times height.</summary>
    public const string Pixels = "--max-pixels";

    /// <summary>Width and height.</summary>
    public const string Side = "--max-side";

    /// <summary>Width times height of a JPEG in several scans.</summary>
    public const string ProgressivePixels = "--max-progressive-pixels";

    /// <summary>Scans of a JPEG.</summary>
    public const string Scans = "--max-scans";

    /// <summary>Time for rendering a picture.</summary>
    public const string PictureTime = "--picture-timeout";

    /// <summary>Memory of a helper process.</summary>
    public const string HelperMemory = "--helper-memory";

    /// <summary>Entries of an archive.</summary>
    public const string ArchiveEntries = "--max-archive-entries";

    /// <summary>Unpacked bytes of an entry.</summary>
    public const string EntrySize = "--max-entry-size";

    /// <summary>Unpacked bytes of an archive.</summary>
    public const string ArchiveSize = "--max-archive-size";

    /// <summary>Unpacked bytes for each packed one.</summary>
    public const string ArchiveRatio = "--max-archive-ratio";

    /// <summary>The option and its environment variable, such as <c>--max-pixels (IMAGELIBRARY_MAX_PIXELS)</c>.</summary>
    /// <param name="option">The option.</param>
    public static string Describe(string option) => $"{option} ({Variable(option)})";

    /// <summary>The environment variable, such as <c>IMAGELIBRARY_MAX_PIXELS</c>.</summary>
    /// <param name="option">The option.</param>
    public static string Variable(string option)
    {
        ArgumentNullException.ThrowIfNull(option);
        return "IMAGELIBRARY_" + option.TrimStart('-').Replace('-', '_').ToUpperInvariant();
    }
}
