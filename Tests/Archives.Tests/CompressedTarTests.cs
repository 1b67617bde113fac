using System.IO.Compression;
using System.Text;
using ImageLibrary.Archives;
using ImageLibrary.Core;
using ImageLibrary.Tests.Archives.Support;
using Xunit;

namespace ImageLibrary.Tests.Archives;

/// <summary>Tars in a compressed file. Some measure the processor time of the process, so no other test runs beside them.</summary>
[Collection(nameof(Alone))]
public sealed class CompressedTarTests : IDisposable
{
    private readonly ArchiveFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The name in the header of a gzip has no limit; it must not be kept in memory, nor looked through again and again.</summary>
    [Fact]
    public void Open_GzipWithANameWithoutEnd_IsRefusedWithoutKeepingIt()
    {
        var path = Path.Combine(_folder.Path, "name.tar.gz");
        using (var file = File.Create(path))
        {
            file.Write([0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 0]);
            var name = new byte[1 << 20];
            Array.Fill(name, (byte)'a');
            for (var i = 0; i < 128; i++)
            {
                file.Write(name);
            }
        }

        var before = Environment.CpuUsage.TotalTime;

        var failure = Assert.Throws<SourceException>(() => new ArchiveOpener().Open(path)).Failure;

        Assert.Contains(failure.Class, new[] { FailureClass.Unsupported, FailureClass.Truncated, FailureClass.Corrupt });
        Assert.True(Environment.CpuUsage.TotalTime - before < TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public void Next_CancelledWithinAnEntryThatIsSkipped_EndsThere()
    {
        // Gzip members of zeros follow each other, so that 8 GiB are made at once, but unpacked in seconds.
        var path = Path.Combine(_folder.Path, "large.tar.gz");
        var member = Gzip(new byte[16 << 20]);
        using (var file = File.Create(path))
        {
            file.Write(Gzip(Header("1.bmp", 512L * (16 << 20) - 1)));
            for (var i = 0; i < 512; i++)
            {
                file.Write(member);
            }
        }
        using var pass = new ArchiveOpener(new ArchiveLimits { MaxRatio = int.MaxValue }).OpenPass(path);
        Assert.NotNull(pass.Next(TestContext.Current.CancellationToken));

        // A thread of its own, because a timer waits for one of those that other tests keep busy.
        using var cancelled = new CancellationTokenSource();
        var canceller = new Thread(() =>
        {
            cancelled.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(20));
            cancelled.Cancel();
        });
        canceller.Start();
        Assert.ThrowsAny<OperationCanceledException>(() => pass.Next(cancelled.Token));
        canceller.Join();
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }
        return packed.ToArray();
    }

    private static byte[] Header(string name, long size)
    {
        var header = new byte[512];
        Encoding.ASCII.GetBytes(name, header);
        Encoding.ASCII.GetBytes(Convert.ToString(size, 8).PadLeft(11, '0'), header.AsSpan(124));
        header.AsSpan(148, 8).Fill((byte)' ');
        header[156] = (byte)'0';
        "ustar\000"u8.CopyTo(header.AsSpan(257));
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(part => part), 8).PadLeft(6, '0') + "\0", header.AsSpan(148));
        return header;
    }
}
