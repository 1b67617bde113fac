using System.Diagnostics;
using ImageLibrary.Core;
using ImageLibrary.Storage.Files;
using Xunit;

namespace ImageLibrary.Tests.Storage.Files;

public sealed class FileBlobStoreTests : IDisposable
{
    private readonly string _root = Path.Combine(Directory.CreateTempSubdirectory("imagelibrary-blobs-").FullName, "cache");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_root)!, recursive: true);

    [Fact]
    public void Write_ThenRead_ReturnsTheBytes()
    {
        using var store = new FileBlobStore(_root);
        byte[] content = [.. Enumerable.Range(0, 100_000).Select(number => (byte)number)];
        store.Write("thumbnail/ab/cd/x.jpg", content);
        Assert.Equal(content, store.Read("thumbnail/ab/cd/x.jpg"));
        Assert.Equal(100_000, store.Length("thumbnail/ab/cd/x.jpg"));
        using var stream = store.Open("thumbnail/ab/cd/x.jpg");
        Assert.Equal(100_000, stream!.Length);
        store.Sync();
        Assert.Equal(content, File.ReadAllBytes(Path.Combine(_root, "thumbnail/ab/cd/x.jpg")));
    }

    [Fact]
    public void Write_Again_ReplacesTheWholeFile()
    {
        using var store = new FileBlobStore(_root);
        store.Write("a/b.jpg", new byte[1_000]);
        using var old = store.Open("a/b.jpg");
        store.Write("a/b.jpg", "new"u8);
        Assert.Equal("new"u8.ToArray(), store.Read("a/b.jpg"));
        Assert.Equal(1_000, old!.Length);
        Assert.Empty(Directory.GetFiles(Path.Combine(_root, "tmp"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Missing_IsNullAndDeletesQuietly()
    {
        using var store = new FileBlobStore(_root);
        store.Write("a/there.jpg", "x"u8);
        foreach (var name in new[] { "a/missing.jpg", "no/folder/at/all.jpg", "a/there.jpg/below.jpg" })
        {
            Assert.Null(store.Read(name));
            Assert.Null(store.Open(name));
            Assert.Null(store.Length(name));
            store.Delete(name);
        }
        store.Delete("a/there.jpg");
        store.Delete("a/there.jpg");
        Assert.Null(store.Read("a/there.jpg"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../out.jpg")]
    [InlineData("a/../../out.jpg")]
    [InlineData("a/../b.jpg")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b.jpg")]
    [InlineData("./a.jpg")]
    [InlineData("a/")]
    [InlineData("tmp/x")]
    [InlineData("x/../tmp/y")]
    [InlineData("CACHEDIR.TAG")]
    [InlineData("a\0b")]
    public void EveryMethod_NameThatIsNotOne_IsRefused(string name)
    {
        using var store = new FileBlobStore(_root);
        Assert.ThrowsAny<ArgumentException>(() => store.Write(name, "x"u8));
        Assert.ThrowsAny<ArgumentException>(() => store.Read(name));
        Assert.ThrowsAny<ArgumentException>(() => store.Open(name));
        Assert.ThrowsAny<ArgumentException>(() => store.Length(name));
        Assert.ThrowsAny<ArgumentException>(() => store.Delete(name));
    }

    [Fact]
    public void Constructor_LeftoversOfACrash_AreClearedAndFilesKept()
    {
        using (var store = new FileBlobStore(_root))
        {
            store.Write("a/b.jpg", "kept"u8);
        }
        var temporary = Path.Combine(_root, "tmp");
        // Ids are reused: this process, but started at another time, is a former one.
        var own = OwnTemporaryName().Split('.');
        File.WriteAllText(Path.Combine(temporary, $"{own[0]}.{own[1]}.1.1"), "half");
        File.WriteAllText(Path.Combine(temporary, $"{own[0]}.999999999.1.1"), "half");
        File.WriteAllText(Path.Combine(temporary, "otherhost.1.1.1"), "still being written there");
        File.WriteAllText(Path.Combine(temporary, "otherhost.1.1.2"), "forgotten");
        File.SetLastWriteTimeUtc(Path.Combine(temporary, "otherhost.1.1.2"), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        using var reopened = new FileBlobStore(_root);
        Assert.Equal(["otherhost.1.1.1"], Directory.GetFiles(temporary).Select(Path.GetFileName));
        Assert.Equal("kept"u8.ToArray(), reopened.Read("a/b.jpg"));
        Assert.StartsWith("Signature: 8a477f597d28d172789f06886806bc55", File.ReadAllText(Path.Combine(_root, "CACHEDIR.TAG")), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_WhileASecondStoreOpensTheFolder_Succeeds()
    {
        using var store = new FileBlobStore(_root);
        var writing = new Thread(() =>
        {
            for (var i = 0; i < 300; i++)
            {
                store.Write($"a/{i}.jpg", new byte[10_000]);
            }
        });
        writing.Start();
        while (writing.IsAlive)
        {
            new FileBlobStore(_root).Dispose();
        }
        Assert.All(Enumerable.Range(0, 300), number => Assert.Equal(10_000, store.Length($"a/{number}.jpg")));
    }

    [Fact]
    public void Write_FolderRemovedMeanwhile_MakesItAgain()
    {
        using var store = new FileBlobStore(_root);
        store.Write("a/b/c.jpg", "x"u8);
        Directory.Delete(Path.Combine(_root, "a"), recursive: true);
        store.Write("a/b/d.jpg", "y"u8);
        Assert.Equal("y"u8.ToArray(), store.Read("a/b/d.jpg"));
    }

    [Fact]
    public void Write_FromManyThreadsTheSameName_LeavesOneCompleteFile()
    {
        using var store = new FileBlobStore(_root);
        Parallel.For(0, 200, number => store.Write("a/same.jpg", [.. Enumerable.Repeat((byte)number, 5_000)]));
        var content = store.Read("a/same.jpg")!;
        Assert.Equal(5_000, content.Length);
        Assert.Single(content.Distinct());
    }

    [Fact]
    public void FreeBytes_OfThisDisk_IsPositive()
    {
        using var store = new FileBlobStore(_root);
        Assert.True(store.FreeBytes() > 0);
    }

    [Fact]
    public void Write_FullDisk_ThrowsDiskFullAndGoesOnWhenThereIsSpace()
    {
        MountSmallDisk();
        try
        {
            using var store = new FileBlobStore(_root);
            store.Write("a/first.jpg", new byte[64 * 1024]);
            var full = Assert.Throws<DiskFullException>(() => store.Write("a/second.jpg", new byte[512 * 1024]));
            Assert.Equal(_root, full.Path);
            Assert.Null(store.Read("a/second.jpg"));
            Assert.Equal(64 * 1024, store.Length("a/first.jpg"));
            Assert.InRange(store.FreeBytes(), 64 * 1024, 256 * 1024);
            store.Write("a/third.jpg", new byte[64 * 1024]);
        }
        finally
        {
            Assert.True(Run("umount", _root));
        }
    }

    [Fact]
    public void Write_DiskThatOthersFilledSinceTheLastLook_ThrowsDiskFullAndLeavesNothing()
    {
        MountSmallDisk();
        try
        {
            using var store = new FileBlobStore(_root, new StandingTime());
            store.Write("a/first.jpg", new byte[4 * 1024]);
            var ballast = Path.Combine(_root, "ballast");
            var left = new DriveInfo(_root).AvailableFreeSpace;
            File.WriteAllBytes(ballast, new byte[left - 8 * 1024]);
            var full = Assert.Throws<DiskFullException>(() => store.Write("a/second.jpg", new byte[64 * 1024]));
            Assert.Equal(_root, full.Path);
            Assert.IsAssignableFrom<IOException>(full.InnerException);
            Assert.Null(store.Read("a/second.jpg"));
            Assert.Empty(Directory.GetFiles(Path.Combine(_root, "tmp")));
            File.Delete(ballast);
            store.Write("a/second.jpg", new byte[64 * 1024]);
        }
        finally
        {
            Assert.True(Run("umount", _root));
        }
    }

    private void MountSmallDisk()
    {
        Directory.CreateDirectory(_root);
        Assert.SkipUnless(
            Run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", _root),
            "needs the right to mount a small file system: run the tests as root, in a container with CAP_SYS_ADMIN");
    }

    private string OwnTemporaryName()
    {
        using var watcher = new FileSystemWatcher(Path.Combine(_root, "tmp"));
        using var seen = new System.Collections.Concurrent.BlockingCollection<string>();
        watcher.Created += (_, created) => seen.Add(created.Name!);
        watcher.EnableRaisingEvents = true;
        using var store = new FileBlobStore(_root);
        store.Write("a/watched.jpg", "x"u8);
        Assert.True(seen.TryTake(out var name, TimeSpan.FromMinutes(2)));
        return name;
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>A clock that stands, so that the disk is looked at once only.</summary>
    private sealed class StandingTime : TimeProvider
    {
        public override long GetTimestamp() => 10 * TimestampFrequency;
    }
}
