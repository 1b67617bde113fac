using ImageLibrary.Core;

namespace ImageLibrary.Activities;

/// <summary>What lies directly in a folder: pictures, archives and subfolders, each in natural order.</summary>
/// <param name="Images">Pictures.</param>
/// <param name="Archives">Archives.</param>
/// <param name="Folders">Names of subfolders to walk into.</param>
/// <param name="Failures">What is refused or cannot be read.</param>
/// <param name="Complete">False when the folder itself could not be read to its end.</param>
public sealed record FolderListing(
    IReadOnlyList<ListedFile> Images,
    IReadOnlyList<ListedFile> Archives,
    IReadOnlyList<string> Folders,
    IReadOnlyList<ListedFailure> Failures,
    bool Complete)
{
    /// <summary>A folder that is not there, or that is never scanned.</summary>
    public static FolderListing Empty { get; } = new([], [], [], [], Complete: true);
}

/// <summary>A picture or archive as listed.</summary>
/// <param name="Name">File name, or entry path.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Modification time in 100 ns ticks since the Unix epoch.</param>
public sealed record ListedFile(string Name, long Size, long Modified)
{
    /// <summary>A file of a disk.</summary>
    /// <param name="name">Its name where it was listed; a link's is not that of its target.</param>
    /// <param name="file">The file, or the target of the link.</param>
    internal static ListedFile Of(string name, FileInfo file) =>
        new(name, file.Length, (file.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks);

    /// <summary>Number of earlier entries with the same path.</summary>
    public int Occurrence { get; init; }

    /// <summary>Place in natural order.</summary>
    public byte[] SortKey { get; } = NaturalSortKey.Create(Name);
}

/// <summary>Something that is not taken.</summary>
/// <param name="Path">Path relative to the root.</param>
/// <param name="Failure">Why.</param>
/// <param name="Protects">Nothing known at or beneath the path is removed.</param>
public sealed record ListedFailure(string Path, ImageFailure Failure, bool Protects);
