using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>What of an archive counts: pictures, and archives that are named instead of opened. What packers leave beside them does not.</summary>
public static class ArchiveContent
{
    /// <summary>The failure of an archive in which no file is, not even a damaged one; null for any other.</summary>
    /// <param name="archive">The archive.</param>
    public static ImageFailure? WhyEmpty(IArchive archive)
    {
        ArgumentNullException.ThrowIfNull(archive);
        return archive is { Entries.Count: 0, Damage: null }
            ? new ImageFailure(FailureClass.Empty, "The archive is empty: no file is in it.")
            : null;
    }

    /// <summary>The pictures, those that cannot be read included, in the order of the archive.</summary>
    /// <param name="archive">The archive.</param>
    public static IEnumerable<ArchiveEntry> Images(IArchive archive)
    {
        ArgumentNullException.ThrowIfNull(archive);
        return archive.Entries.Where(entry => ImageFileNames.IsImage(entry.Path) && !IsExcluded(entry.Path));
    }

    /// <summary>The archives within it, each with its failure.</summary>
    /// <param name="archives">Knows archives by name.</param>
    /// <param name="archive">The archive.</param>
    public static IEnumerable<ArchiveEntry> Nested(IArchiveOpener archives, IArchive archive)
    {
        ArgumentNullException.ThrowIfNull(archives);
        ArgumentNullException.ThrowIfNull(archive);
        return archive.Entries
            .Where(entry => archives.IsArchiveName(entry.Path) && !IsExcluded(entry.Path))
            .Select(static entry => entry with
            {
                Failure = new ImageFailure(FailureClass.Unsupported, "Archives within archives are not opened."),
            });
    }

    private static bool IsExcluded(string path) =>
        path.Split('/').Any(segment => segment == "__MACOSX" || (segment.StartsWith('.') && segment is not ("." or "..")));
}
