using ImageLibrary.Archives;
using ImageLibrary.Core;

namespace ImageLibrary.Tests.Workflows.Support;

/// <summary>The real archives; counts how often one is opened, and can let entries hang as a stalled disk does.</summary>
internal sealed class CountedArchives : IArchiveOpener, IDisposable
{
    private readonly ArchiveOpener inner = new();
    private readonly ManualResetEventSlim answer = new(true);
    private volatile string[] stalled = [];
    private volatile string[] broken = [];
    private int opened;
    private int namesSeen;

    /// <summary>Archives opened so far.</summary>
    public int Opened => Volatile.Read(ref opened);

    /// <summary>How long a look at a file's name takes, as on a slow network drive.</summary>
    public TimeSpan NameTime { get; set; }

    /// <summary>Names of archives that were looked at so far: those in a folder as often as it is listed.</summary>
    public int ArchiveNamesSeen => Volatile.Read(ref namesSeen);

    public bool IsArchiveName(string fileName)
    {
        if (NameTime > TimeSpan.Zero)
        {
            using var never = new ManualResetEventSlim();
            never.Wait(NameTime);
        }
        WaitForAnswer($"folder of {fileName}");
        if (inner.IsArchiveName(fileName))
        {
            Interlocked.Increment(ref namesSeen);
        }
        return inner.IsArchiveName(fileName);
    }

    /// <summary>
    /// Lets reads hang: of an entry by its name, of an archive as it is listed or its pass is begun (<c>list NAME</c>,
    /// <c>pass NAME</c>), of a folder at a file in it that is no picture (<c>folder of NAME</c>).
    /// </summary>
    public void Stall(params string[] names)
    {
        answer.Reset();
        stalled = [.. names];
    }

    /// <summary>Lets reads fail as those of a worn disk do; they are named as for <see cref="Stall"/>.</summary>
    public void Break(params string[] names) => broken = [.. names];

    /// <summary>Lets what hangs go on.</summary>
    public void Answer()
    {
        stalled = [];
        answer.Set();
    }

    public IArchive Open(string path, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref opened);
        WaitForAnswer($"list {Path.GetFileName(path)}");
        return new StallingArchive(inner.Open(path, cancellationToken), WaitForAnswer);
    }

    public IArchivePass OpenPass(string path)
    {
        Interlocked.Increment(ref opened);
        WaitForAnswer($"pass {Path.GetFileName(path)}");
        return new StallingPass(inner.OpenPass(path), WaitForAnswer);
    }

    public void Dispose() => answer.Dispose();

    private void WaitForAnswer(string read)
    {
        if (stalled.Contains(read))
        {
            answer.Wait();
        }
        if (broken.Contains(read))
        {
            throw new IOException($"Input/output error: {read}");
        }
    }

    private sealed class StallingArchive(IArchive inner, Action<string> wait) : IArchive
    {
        public IReadOnlyList<ArchiveEntry> Entries => inner.Entries;

        public bool IsSequential => inner.IsSequential;

        public ImageFailure? Damage => inner.Damage;

        public Stream OpenEntry(ArchiveEntry entry, CancellationToken cancellationToken = default)
        {
            wait(entry.Path);
            return inner.OpenEntry(entry, cancellationToken);
        }

        public void Dispose() => inner.Dispose();
    }

    private sealed class StallingPass(IArchivePass inner, Action<string> wait) : IArchivePass
    {
        private string? current;

        public ImageFailure? Damage => inner.Damage;

        public ArchiveEntry? Next(CancellationToken cancellationToken = default)
        {
            var entry = inner.Next(cancellationToken);
            current = entry?.Path;
            return entry;
        }

        public Stream OpenCurrent()
        {
            wait(current!);
            return inner.OpenCurrent();
        }

        public void Dispose() => inner.Dispose();
    }
}
