namespace ImageLibrary.Core;

/// <summary>Tells by name which files are taken for pictures. What they are is decided by content.</summary>
public static class ImageFileNames
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif", ".jxl",
        ".heic", ".heif", ".jp2", ".j2k", ".svg",
        ".arw", ".cr2", ".cr3", ".dng", ".nef", ".orf", ".pef", ".raf", ".rw2", ".srw",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Extensions.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a file's name has an extension of a supported image format.</summary>
    /// <param name="fileName">Name or path.</param>
    public static bool IsImage(ReadOnlySpan<char> fileName) => Lookup.Contains(Path.GetExtension(fileName));
}
