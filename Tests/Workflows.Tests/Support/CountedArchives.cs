using ImageLibrary.Archives;
using ImageLibrary.Core;

namespace ImageLibrary.Tests.Workflows.Support;

/// <summary>The real archives; counts how often one is opened.</summary>
internal sealed class CountedArchives : IArchiveOpener
{
    private readonly ArchiveOpener inner = new();
    private int opened;

    /// <summary>Archives opened so far.</summary>
    public int Opened => Volatile.Read(ref opened);

    public bool IsArchiveName(string fileName) => inner.IsArchiveName(fileName);

    public IArchive Open(string path, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref opened);
        return inner.Open(path, cancellationToken);
    }

    public IArchivePass OpenPass(string path)
    {
        Interlocked.Increment(ref opened);
        return inner.OpenPass(path);
    }
}
