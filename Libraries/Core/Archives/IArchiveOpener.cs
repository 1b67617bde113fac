namespace ImageLibrary.Core;

/// <summary>Opens archives by content; knows by name which files may be archives.</summary>
public interface IArchiveOpener
{
    /// <summary>Whether a file's name has an extension of a supported archive format (tar.gz included).</summary>
    /// <param name="fileName">Name or path.</param>
    bool IsArchiveName(string fileName);

    /// <summary>Opens an archive and reads its directory; where a format has none, the file is read once to its end.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="SourceException">Encrypted, damaged beyond use, unsupported, or with too many entries.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    IArchive Open(string path, CancellationToken cancellationToken = default);

    /// <summary>Starts to read an archive from its beginning to its end, with no list of its entries before.</summary>
    /// <param name="path">Absolute path.</param>
    /// <exception cref="SourceException">Encrypted, damaged beyond use, or unsupported.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    IArchivePass OpenPass(string path);
}

/// <summary>An open archive. Not safe for use by several threads at once.</summary>
public interface IArchive : IDisposable
{
    /// <summary>The files in it, in the order of the archive; folders are left out.</summary>
    IReadOnlyList<ArchiveEntry> Entries { get; }

    /// <summary>
    /// Whether an entry can be reached only through all entries before it: then they are cheap to read in their order,
    /// and dear in any other.
    /// </summary>
    bool IsSequential { get; }

    /// <summary>Why <see cref="Entries"/> may lack some: what lies behind a damaged place is unknown. Null when it is complete.</summary>
    ImageFailure? Damage { get; }

    /// <summary>
    /// Opens one entry for reading; the stream enforces the limits of size and ratio. One is open at a time. The read that would
    /// find the end fails with <see cref="FailureClass.DamagedSource"/> where the checksum of all that was read is wrong.
    /// </summary>
    /// <param name="entry">One of <see cref="Entries"/>.</param>
    /// <param name="cancellationToken">Ends the way to it.</param>
    /// <exception cref="SourceException">The entry is encrypted, damaged or beyond a limit; also thrown while reading.</exception>
    Stream OpenEntry(ArchiveEntry entry, CancellationToken cancellationToken = default);
}

/// <summary>One reading of an archive, entry by entry. Not safe for use by several threads at once.</summary>
public interface IArchivePass : IDisposable
{
    /// <summary>Why the pass ended early; null as long as nothing is wrong.</summary>
    ImageFailure? Damage { get; }

    /// <summary>Goes to the next file; what is left of the one before is skipped.</summary>
    /// <param name="cancellationToken">Ends the way to it; the pass is of no use then.</param>
    /// <returns>Null at the end, or at a place behind which nothing can be read.</returns>
    /// <exception cref="SourceException">More entries than allowed.</exception>
    ArchiveEntry? Next(CancellationToken cancellationToken = default);

    /// <summary>Reads the file that <see cref="Next"/> returned last, once, by a stream as that of <see cref="IArchive.OpenEntry"/>.</summary>
    /// <exception cref="SourceException">It is encrypted, damaged or beyond a limit; also thrown while reading.</exception>
    Stream OpenCurrent();
}

/// <summary>A file in an archive.</summary>
/// <param name="Index">Position in the archive.</param>
/// <param name="Path">Full path, '/' as separator.</param>
/// <param name="Occurrence">Number of earlier entries with the same path.</param>
/// <param name="Size">Uncompressed size in bytes; -1 when the archive tells it only behind the content.</param>
/// <param name="Modified">Modification time in 100 ns ticks since the Unix epoch.</param>
/// <param name="Failure">Why it cannot be read, such as an unsafe path; else null.</param>
public sealed record ArchiveEntry(int Index, string Path, int Occurrence, long Size, long Modified, ImageFailure? Failure);
