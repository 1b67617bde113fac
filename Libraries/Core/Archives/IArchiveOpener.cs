namespace ImageLibrary.Core;

/// <summary>Opens archives by content; knows by name which files may be archives.</summary>
public interface IArchiveOpener
{
    /// <summary>Whether a file's name has an extension of a supported archive format (tar.gz included).</summary>
    /// <param name="fileName">Name or path.</param>
    bool IsArchiveName(string fileName);

    /// <summary>Opens an archive and reads its directory, never its content.</summary>
    /// <param name="path">Absolute path.</param>
    /// <exception cref="SourceException">Encrypted, damaged, unsupported, or with too many entries.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    IArchive Open(string path);
}

/// <summary>An open archive. Not safe for use by several threads at once.</summary>
public interface IArchive : IDisposable
{
    /// <summary>The files in it, in the order of the archive; folders are left out.</summary>
    IReadOnlyList<ArchiveEntry> Entries { get; }

    /// <summary>Opens one entry for reading; the stream enforces the limits of size and ratio.</summary>
    /// <param name="entry">One of <see cref="Entries"/>.</param>
    /// <exception cref="SourceException">The entry is encrypted, damaged or beyond a limit; also thrown while reading.</exception>
    Stream OpenEntry(ArchiveEntry entry);
}

/// <summary>A file in an archive.</summary>
/// <param name="Index">Position in the archive.</param>
/// <param name="Path">Full path, '/' as separator.</param>
/// <param name="Occurrence">Number of earlier entries with the same path.</param>
/// <param name="Size">Uncompressed size in bytes.</param>
/// <param name="Modified">Modification time in 100 ns ticks since the Unix epoch.</param>
/// <param name="Failure">Why it cannot be read, such as an unsafe path; else null.</param>
public sealed record ArchiveEntry(int Index, string Path, int Occurrence, long Size, long Modified, ImageFailure? Failure);
