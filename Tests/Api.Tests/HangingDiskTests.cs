using System.Collections.Concurrent;
using System.Net;
using ImageLibrary.Archives;
using ImageLibrary.Core;
using ImageLibrary.Tests.Api.Support;
using ImageLibrary.Tests.EndToEnd.Support;
using Xunit;

namespace ImageLibrary.Tests.Api;

/// <summary>A library on a disk that neither answers nor fails, as a network drive does whose server is away.</summary>
public sealed class HangingDiskTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Original_OnADiskThatHangs_IsUnavailableUntilItAnswers()
    {
        using var archives = new HangingArchives();
        await using var server = await ApiServer.StartAsync(configure: builder =>
        {
            builder.Archives = archives;
            builder.Options = builder.Options with { SourceWait = TimeSpan.FromMilliseconds(200) };
        });
        var original = new Uri($"images/{await server.AddArchiveAsync("b.zip", "1.png", Png.Gradient(8, 8, 1))}/original", UriKind.Relative);
        using var client = server.CreateClient();

        for (var request = 0; request < 2; request++)
        {
            using var refused = await client.GetAsync(original);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, 1), (refused.StatusCode, archives.Opened));
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Contains("does not answer", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        archives.Answer();
        await Eventually.TrueAsync(
            async () =>
            {
                using var answered = await client.GetAsync(original);
                return answered.StatusCode == HttpStatusCode.OK;
            },
            Deadline, "the original is sent");
        Assert.Equal(2, archives.Opened);
        await Eventually.TrueAsync(() => Task.FromResult(archives.StillOpen == 0), Deadline, "both are closed");
    }

    /// <summary>The real archives, on a disk that hangs until it answers.</summary>
    private sealed class HangingArchives : IArchiveOpener, IDisposable
    {
        private readonly ArchiveOpener inner = new();
        private readonly ManualResetEventSlim answer = new();
        private int opened;
        private readonly ConcurrentDictionary<IArchive, bool> open = [];

        public int Opened => Volatile.Read(ref opened);

        public int StillOpen => open.Count;

        public void Answer() => answer.Set();

        public bool IsArchiveName(string fileName) => inner.IsArchiveName(fileName);

        public IArchive Open(string path, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref opened);
            answer.Wait(cancellationToken);
            var archive = new NotedArchive(inner.Open(path, cancellationToken), open);
            open[archive] = true;
            return archive;
        }

        public IArchivePass OpenPass(string path) => inner.OpenPass(path);

        public void Dispose()
        {
            answer.Set();
            answer.Dispose();
        }
    }

    private sealed class NotedArchive(IArchive inner, ConcurrentDictionary<IArchive, bool> open) : IArchive
    {
        public IReadOnlyList<ArchiveEntry> Entries => inner.Entries;

        public bool IsSequential => inner.IsSequential;

        public ImageFailure? Damage => inner.Damage;

        public Stream OpenEntry(ArchiveEntry entry, CancellationToken cancellationToken = default) => inner.OpenEntry(entry, cancellationToken);

        public void Dispose()
        {
            inner.Dispose();
            open.Remove(this, out _);
        }
    }
}
