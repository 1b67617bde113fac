using System.Buffers.Binary;
using System.IO.Compression;
using ImageLibrary.Archives;
using ImageLibrary.Core;
using Xunit;

namespace ImageLibrary.Tests.Archives;

public sealed class ArchiveOpenerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("archives-").FullName;
    private readonly ArchiveOpener _opener = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a.zip", true)]
    [InlineData("dir/B.CBZ", true)]
    [InlineData("a.tar.gz", true)]
    [InlineData("a.TGZ", true)]
    [InlineData("a.tar.xz", true)]
    [InlineData("a.cb7", true)]
    [InlineData("a.gz", false)]
    [InlineData("zip", false)]
    [InlineData("a.zip.jpg", false)]
    public void IsArchiveName_ByExtension_IsCaseInsensitive(string name, bool expected) =>
        Assert.Equal(expected, _opener.IsArchiveName(name));

    [Fact]
    public void Open_FoldersAndFiles_ListsFilesInOrderOfTheArchive()
    {
        var path = Zip(("b/", []), ("b/2.jpg", [1, 2]), ("a\\1.jpg", [3]), ("地図 #1%.png", [4, 5, 6]));

        using var archive = _opener.Open(path);

        Assert.Equal(["b/2.jpg", "a/1.jpg", "地図 #1%.png"], archive.Entries.Select(entry => entry.Path));
        Assert.Equal([2, 1, 3], archive.Entries.Select(entry => entry.Size));
        Assert.Equal([4, 5, 6], Read(archive, archive.Entries[2]));
    }

    [Fact]
    public void Open_TwoEntriesOfOneName_AreKeptApart()
    {
        using var archive = _opener.Open(Zip(("x.jpg", [1]), ("x.jpg", [2])));

        Assert.Equal([0, 1], archive.Entries.Select(entry => entry.Occurrence));
        Assert.Equal([2], Read(archive, archive.Entries[1]));
    }

    [Theory]
    [InlineData("../x.jpg")]
    [InlineData("a/../../x.jpg")]
    [InlineData("..\\x.jpg")]
    [InlineData("/etc/x.jpg")]
    [InlineData("C:\\x.jpg")]
    public void Open_NameThatLeavesTheArchive_IsUnsafe(string name)
    {
        using var archive = _opener.Open(Zip((name, [1]), ("good..jpg", [2])));

        Assert.Equal(FailureClass.UnsafePath, archive.Entries[0].Failure?.Class);
        Assert.Throws<SourceException>(() => archive.OpenEntry(archive.Entries[0]));
        Assert.Null(archive.Entries[1].Failure);
    }

    [Fact]
    public void Open_TwentyThousandEntries_ListsThemQuickly()
    {
        var path = Zip([.. Enumerable.Range(0, 20_000).Select(i => ($"{i}.jpg", (byte[])[(byte)i]))]);

        using var archive = _opener.Open(path);

        Assert.Equal(20_000, archive.Entries.Count);
        Assert.Equal([(byte)(19_999 & 255)], Read(archive, archive.Entries[19_999]));
    }

    [Fact]
    public void Open_MoreEntriesThanAllowed_FailsBeforeReadingThem()
    {
        var path = Zip([.. Enumerable.Range(0, 11).Select(i => ($"{i}.jpg", (byte[])[1]))]);

        var failure = Failure(() => new ArchiveOpener(new ArchiveLimits { MaxEntries = 10 }).Open(path));

        Assert.Equal(FailureClass.TooManyEntries, failure.Class);
        Assert.Contains("--max-archive-entries (IMAGELIBRARY_MAX_ARCHIVE_ENTRIES)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenEntry_GrowsBeyondTheRatio_IsTooLarge()
    {
        var limits = new ArchiveLimits { RatioFreeBytes = 1 << 16, MaxRatio = 100 };

        using var archive = new ArchiveOpener(limits).Open(Zip(("bomb.bmp", new byte[1 << 20]), ("small", new byte[1 << 15])));

        Assert.Equal(FailureClass.TooLarge, archive.Entries[0].Failure?.Class);
        Assert.Null(archive.Entries[1].Failure);
    }

    [Fact]
    public void OpenEntry_MoreDataThanTheDirectorySays_IsNotRead()
    {
        var path = Zip(("bomb.bmp", new byte[100_000]));
        var file = File.ReadAllBytes(path);
        var directory = file.AsSpan().LastIndexOf("PK\x01\x02"u8);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(directory + 24), 10);
        File.WriteAllBytes(path, file);

        using var archive = _opener.Open(path);

        using var stream = archive.OpenEntry(archive.Entries[0]);
        stream.ReadExactly(new byte[10]);
        Assert.Equal(FailureClass.DamagedSource, Failure(() => stream.ReadByte()).Class);
    }

    [Fact]
    public async Task OpenEntry_WrongChecksum_IsDamagedAtItsEndAndKeepsTheOthers()
    {
        var noise = new byte[5000];
        new Random(1).NextBytes(noise);
        var path = Zip(("bad.jpg", noise), ("good.jpg", [7]));
        var file = File.ReadAllBytes(path);
        file[Positions(file, "PK\x01\x02"u8)[0] + 16] ^= 1;
        File.WriteAllBytes(path, file);

        using var archive = _opener.Open(path);

        var content = new byte[noise.Length];
        using (var stream = archive.OpenEntry(archive.Entries[0]))
        {
            stream.ReadExactly(content);
            Assert.Equal(noise, content);
            Assert.Equal(FailureClass.DamagedSource, Failure(() => stream.ReadByte()).Class);
        }

        using (var stream = archive.OpenEntry(archive.Entries[0]))
        {
            var failure = await Assert.ThrowsAsync<SourceException>(() => stream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken));
            Assert.Equal(FailureClass.DamagedSource, failure.Failure.Class);
        }

        Assert.Equal([7], Read(archive, archive.Entries[1]));
    }

    [Fact]
    public void OpenEntry_UnknownCompression_IsUnsupportedAndKeepsTheOthers()
    {
        var path = Zip(("bad.jpg", [1, 2, 3]), ("good.jpg", [7]));
        var file = File.ReadAllBytes(path);
        file[Positions(file, "PK\x01\x02"u8)[0] + 10] = 77;
        file[Positions(file, "PK\x03\x04"u8)[0] + 8] = 77;
        File.WriteAllBytes(path, file);

        using var archive = _opener.Open(path);

        Assert.Equal(["bad.jpg", "good.jpg"], archive.Entries.Select(entry => entry.Path));
        Assert.Equal(FailureClass.Unsupported, Failure(() => Read(archive, archive.Entries[0])).Class);
        Assert.Equal([7], Read(archive, archive.Entries[1]));
    }

    [Fact]
    public void OpenEntry_OneDamagedEntry_KeepsTheOthers()
    {
        var noise = new byte[5000];
        new Random(1).NextBytes(noise);
        var path = Zip(("bad.jpg", [.. noise, .. new byte[20_000]]), ("good.jpg", [7]));
        var file = File.ReadAllBytes(path);
        file.AsSpan(60, 4000).Fill(0xFF);
        File.WriteAllBytes(path, file);

        using var archive = _opener.Open(path);

        Assert.Equal(FailureClass.Corrupt, Failure(() => Read(archive, archive.Entries[0])).Class);
        Assert.Equal([7], Read(archive, archive.Entries[1]));
    }

    [Fact]
    public void Open_EncryptedEntries_AreReported()
    {
        var path = Zip(("a.jpg", [1, 2, 3]), ("b.jpg", [4]));
        Mark(path, entry: 0);
        using (var archive = _opener.Open(path))
        {
            Assert.Equal(FailureClass.Encrypted, archive.Entries[0].Failure?.Class);
            Assert.Null(archive.Entries[1].Failure);
        }

        Mark(path, entry: 1);
        Assert.Equal(FailureClass.Encrypted, Failure(() => _opener.Open(path)).Class);
    }

    [Fact]
    public void Open_OverlappingEntries_AreRefused()
    {
        var noise = new byte[1000];
        new Random(1).NextBytes(noise);
        var path = Zip(("a.jpg", noise), ("b.jpg", noise));
        var file = File.ReadAllBytes(path);
        foreach (var directory in Positions(file, "PK\x01\x02"u8))
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(directory + 20), file.Length);
        }

        File.WriteAllBytes(path, file);

        Assert.Equal(FailureClass.Corrupt, Failure(() => _opener.Open(path)).Class);
    }

    [Theory]
    [InlineData(0, FailureClass.Empty)]
    [InlineData(3, FailureClass.Unsupported)]
    [InlineData(20, FailureClass.Truncated)]
    public void Open_CutOff_GivesItsClass(int length, FailureClass expected)
    {
        var path = Zip(("a.jpg", new byte[500]), ("b.jpg", [1]));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);

        Assert.Equal(expected, Failure(() => _opener.Open(path)).Class);
    }

    [Fact]
    public void Open_ZipWithoutItsEnd_KeepsTheEntriesBeforeIt()
    {
        var noise = new byte[3000];
        new Random(1).NextBytes(noise);
        var path = Zip(("a.jpg", noise), ("b.jpg", noise), ("c.jpg", noise));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..7000]);

        using var archive = _opener.Open(path);

        Assert.Equal(FailureClass.Truncated, archive.Damage?.Class);
        Assert.True(archive.IsSequential);
        Assert.Equal(["a.jpg", "b.jpg", "c.jpg"], archive.Entries.Select(entry => entry.Path));
        Assert.Equal(noise, Read(archive, archive.Entries[1]));
        Assert.Contains(Failure(() => Read(archive, archive.Entries[2])).Class, new[] { FailureClass.Truncated, FailureClass.Corrupt });
    }

    [Fact]
    public void Open_ZipNamesOfAnOldCharacterSet_StayDifferent()
    {
        var path = Zip(("aXX.jpg", [1]), ("aYY.jpg", [2]));
        var file = File.ReadAllBytes(path);
        for (var i = 0; i + 1 < file.Length; i++)
        {
            if (file[i] is (byte)'X' or (byte)'Y' && file[i + 1] == file[i])
            {
                file[i] = 0x83;
                file[i + 1] = file[i + 1] == (byte)'X' ? (byte)0x4A : (byte)0x98;
            }
        }

        File.WriteAllBytes(path, file);

        using var archive = _opener.Open(path);

        Assert.Equal(["a\u0083J.jpg", "a\u0083\u0098.jpg"], archive.Entries.Select(entry => entry.Path));
    }

    [Fact]
    public void Open_AnyByteChanged_ListsOrFailsWithAClass()
    {
        var path = Zip(("a.jpg", [1, 2, 3]), ("b/c.jpg", [4, 5]));
        var original = File.ReadAllBytes(path);
        for (var at = 0; at < original.Length; at++)
        {
            foreach (var value in (byte[])[0, 0xFF, (byte)(original[at] ^ 0x81)])
            {
                var changed = original.ToArray();
                changed[at] = value;
                File.WriteAllBytes(path, changed);
                try
                {
                    using var archive = _opener.Open(path);
                    foreach (var entry in archive.Entries.Where(entry => entry.Failure is null))
                    {
                        Read(archive, entry);
                    }
                }
                catch (SourceException e)
                {
                    Assert.NotEmpty(e.Failure.Message);
                }
            }
        }
    }

    [Fact]
    public void Open_Empty_HasNoEntries()
    {
        using var archive = _opener.Open(Zip());

        Assert.Empty(archive.Entries);
    }

    private static ImageFailure Failure(Func<object> call) => Assert.Throws<SourceException>(call).Failure;

    private static byte[] Read(IArchive archive, ArchiveEntry entry)
    {
        using var stream = archive.OpenEntry(entry);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static List<int> Positions(byte[] file, ReadOnlySpan<byte> signature)
    {
        var positions = new List<int>();
        for (var at = 0; at + signature.Length <= file.Length; at++)
        {
            if (file.AsSpan(at, signature.Length).SequenceEqual(signature))
            {
                positions.Add(at);
            }
        }

        return positions;
    }

    private static void Mark(string path, int entry)
    {
        var file = File.ReadAllBytes(path);
        file[Positions(file, "PK\x01\x02"u8)[entry] + 8] |= 1;
        file[Positions(file, "PK\x03\x04"u8)[entry] + 6] |= 1;
        File.WriteAllBytes(path, file);
    }

    private string Zip(params (string Name, byte[] Content)[] entries)
    {
        var path = Path.Combine(_folder, Path.GetRandomFileName());
        using var file = File.Create(path);
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var (name, content) in entries)
        {
            using var stream = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
            stream.Write(content);
        }

        return path;
    }
}
