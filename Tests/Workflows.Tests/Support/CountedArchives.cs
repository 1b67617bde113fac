using ImageLibrary.Archives;
using ImageLibrary.Core;

namespace ImageLibrary.Tests.Workflows.Support;

/// <summary>The real archives; counts how often one is opened, and can let entries hang as a stalled disk does.</summary>
internal sealed class CountedArchives : IArchiveOpener, IDisposable
{
    private readonly ArchiveOpener inner = new();
    private readonly ManualResetEventSlim answer = new(true);
    private volatile string[] stalled = [];
    private int opened;

    /// <summary>Archives opened so far.</summary>
    public int Opened => Volatile.Read(ref opened);

    public bool IsArchiveName(string fileName) => inner.IsArchiveName(fileName);

    /// <summary>Lets entries hang when they are read.</summary>
    public void Stall(params string[] entries)
    {
        answer.Reset();
        stalled = [.. entries];
    }

    /// <summary>Lets what hangs go on.</summary>
    public void Answer()
    {
        stalled = [];
        answer.Set();
    }

    public IArchive Open(string path, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref opened);
        return new StallingArchive(inner.Open(path, cancellationToken), WaitForAnswer);
    }

    public IArchivePass OpenPass(string path)
    {
        Interlocked.Increment(ref opened);
        return inner.OpenPass(path);
    }

    public void Dispose() => answer.Dispose();

    private void WaitForAnswer(string entry)
    {
        if (stalled.Contains(entry))
        {
            answer.Wait();
        }
    }

    private sealed class StallingArchive(IArchive inner, Action<string> wait) : IArchive
    {
        public IReadOnlyList<ArchiveEntry> Entries => inner.Entries;

        public bool IsSequential => inner.IsSequential;

        public ImageFailure? Damage => inner.Damage;

        public Stream OpenEntry(ArchiveEntry entry)
        {
            wait(entry.Path);
            return inner.OpenEntry(entry);
        }

        public void Dispose() => inner.Dispose();
    }
}
