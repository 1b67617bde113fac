using System.Formats.Tar;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using ImageLibrary.Archives;
using ImageLibrary.Core;
using ImageLibrary.Tests.Archives.Support;
using Xunit;

namespace ImageLibrary.Tests.Archives;

public sealed class SequentialArchiveTests : IDisposable
{
    private readonly ArchiveFolder _folder = new();
    private readonly ArchiveOpener _opener = new();

    public static TheoryData<string> Kinds => ["rar4", "rar5", "7z", "tar", "tar.gz", "tar.bz2", "tar.xz"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Open_EachKind_ListsAndReadsInAnyOrder(string kind)
    {
        var path = _folder.Create(kind, ("p/01.jpg", Noise(1, 70_000)), ("p/02.jpg", Noise(2, 3)), ("p/10.png", []));

        using var archive = _opener.Open(path);

        Assert.True(archive.IsSequential);
        Assert.Null(archive.Damage);
        Assert.Equal(["p/01.jpg", "p/02.jpg", "p/10.png"], archive.Entries.Select(entry => entry.Path).Order());
        Assert.All(archive.Entries, entry => Assert.Null(entry.Failure));
        Assert.All(archive.Entries, entry => Assert.True(entry.Modified > DateTime.UnixEpoch.AddYears(50).Ticks - DateTime.UnixEpoch.Ticks));
        foreach (var entry in archive.Entries.Reverse().Concat(archive.Entries))
        {
            var expected = entry.Path switch { "p/01.jpg" => Noise(1, 70_000), "p/02.jpg" => Noise(2, 3), _ => [] };
            Assert.Equal(expected.Length, entry.Size);
            Assert.Equal(expected, Read(archive.OpenEntry(entry)));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Open_WrongExtension_IsOpenedByContent(string kind)
    {
        var path = _folder.Create(kind, ("1.jpg", [1, 2, 3]));
        var renamed = Path.ChangeExtension(path, ".zip");
        File.Move(path, renamed);

        using var archive = _opener.Open(renamed);

        Assert.Equal([1, 2, 3], Read(archive.OpenEntry(Assert.Single(archive.Entries))));
    }

    [Fact]
    public void Open_ZipNamedRar_HasRandomAccess()
    {
        var path = _folder.Create("zip", ("1.jpg", [1]));
        var renamed = Path.ChangeExtension(path, ".rar");
        File.Move(path, renamed);

        using var archive = _opener.Open(renamed);

        Assert.False(archive.IsSequential);
        Assert.Equal([1], Read(archive.OpenEntry(archive.Entries[0])));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Next_WholePass_GivesEveryEntryOnceWithoutAListBefore(string kind)
    {
        var path = _folder.Create(kind, ("a/1.jpg", Noise(1, 1000)), ("a/2.jpg", Noise(2, 2000)), ("a/3.jpg", Noise(3, 3000)));
        var seen = new Dictionary<string, int>();

        using var pass = _opener.OpenPass(path);
        while (pass.Next() is { } entry)
        {
            // What is not read is skipped.
            seen[entry.Path] = entry.Path == "a/2.jpg" ? 0 : Read(pass.OpenCurrent()).Length;
        }

        Assert.Equal(new Dictionary<string, int> { ["a/1.jpg"] = 1000, ["a/2.jpg"] = 0, ["a/3.jpg"] = 3000 }, seen);
        Assert.Null(pass.Damage);
    }

    [Theory]
    [InlineData("rar5")]
    [InlineData("7z")]
    [InlineData("tar")]
    [InlineData("tar.gz")]
    public void Open_NamesBeyondAscii_AreRead(string kind)
    {
        var path = _folder.Create(kind, ("日本/ページ é.jpg", [1]));

        using var archive = _opener.Open(path);

        Assert.Equal("日本/ページ é.jpg", Assert.Single(archive.Entries).Path);
    }

    [Fact]
    public void Open_TarNameThatIsNotUtf8_IsReadByteByByte()
    {
        var path = _folder.Create("tar", ("XX.jpg", [7]));
        var file = File.ReadAllBytes(path);
        file[0] = 0xE9;
        var sum = Convert.ToInt32(System.Text.Encoding.ASCII.GetString(file, 148, 6), 8) + 0xE9 - 'X';
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0')).CopyTo(file, 148);
        File.WriteAllBytes(path, file);

        using var archive = _opener.Open(path);

        Assert.Equal("éX.jpg", Assert.Single(archive.Entries).Path);
        Assert.Equal([7], Read(archive.OpenEntry(archive.Entries[0])));
    }

    [Fact]
    public void Open_RarNamesThatAreNotUtf8_AreReadByteByByteAndStayDifferent()
    {
        var path = _folder.Create("rar5", ("1X.jpg", [7]), ("2X.jpg", [8]));
        var file = File.ReadAllBytes(path);
        for (var at = 1; at < file.Length; at++)
        {
            file[at] = file[at] == 'X' && file[at - 1] is (byte)'1' or (byte)'2' ? (byte)0xE9 : file[at];
        }

        ArchiveChecksums.Repair("rar5", file);
        File.WriteAllBytes(path, file);

        using var archive = _opener.Open(path);

        Assert.Equal(["1é.jpg", "2é.jpg"], archive.Entries.Select(entry => entry.Path));
        Assert.Equal([8], Read(archive.OpenEntry(archive.Entries[1])));
    }

    [Theory]
    [InlineData("rar4")]
    [InlineData("rar5")]
    [InlineData("7z")]
    [InlineData("bzip2.zip")]
    public void OpenEntry_WrongChecksum_IsDamagedAtItsEndAndKeepsTheOthers(string kind)
    {
        const int Length = 300_000;
        var path = _folder.Create(kind, [.. Enumerable.Range(0, 3).Select(i => ($"{i}.jpg", Noise(i, Length)))]);
        var file = File.ReadAllBytes(path);
        if (kind == "bzip2.zip")
        {
            file[file.AsSpan().IndexOf("PK\x03\x04"u8) + 14] ^= 1;
            file[file.AsSpan().IndexOf("PK\x01\x02"u8) + 16] ^= 1;
        }
        else
        {
            // Noise is stored as it is.
            file[file.AsSpan().IndexOf(Noise(0, 1000)) + 500] ^= 1;
        }

        File.WriteAllBytes(path, file);

        using var archive = _opener.Open(path);

        var content = new byte[Length];
        using (var stream = archive.OpenEntry(archive.Entries[0]))
        {
            stream.ReadExactly(content);
            Assert.Equal(Length - (kind == "bzip2.zip" ? 0 : 1), content.Zip(Noise(0, Length)).Count(pair => pair.First == pair.Second));
            Assert.Equal(FailureClass.DamagedSource, Failure(() => stream.ReadByte()).Class);
        }

        Assert.Equal(Noise(1, Length), Read(archive.OpenEntry(archive.Entries[1])));
        Assert.Equal(Noise(2, Length), Read(archive.OpenEntry(archive.Entries[2])));
    }

    [Theory]
    [InlineData("rar4")]
    [InlineData("rar5")]
    public void Open_PartOfAnArchive_SaysSoOfWhatIsNotWhole(string kind)
    {
        var path = _folder.Create(kind, ("1.jpg", Noise(1, 1000)), ("2.jpg", Noise(2, 1000)));
        var file = File.ReadAllBytes(path);
        // The flag that the second goes on in the next part.
        file[kind == "rar4" ? file.AsSpan().IndexOf("2.jpg"u8) - 29 : file.AsSpan().IndexOf("2.jpg"u8) - 19] |= kind == "rar4" ? (byte)2 : (byte)0x10;
        ArchiveChecksums.Repair(kind, file);
        File.WriteAllBytes(path, file);

        using var archive = _opener.Open(path);

        Assert.Equal([null, FailureClass.Unsupported], archive.Entries.Select(entry => entry.Failure?.Class));
        Assert.Equal(Noise(1, 1000), Read(archive.OpenEntry(archive.Entries[0])));
    }

    [Theory]
    [InlineData(8, 0, FailureClass.Corrupt)]
    [InlineData(16, 0, FailureClass.Corrupt)]
    [InlineData(16, 99, FailureClass.Corrupt)]
    [InlineData(8, 1, null)]
    public void Open_RarBlockOfTheLargestLength_IsDamagedUnlessItIsTheFirst(int at, int type, FailureClass? expected)
    {
        var path = _folder.Create("rar5", ("1.jpg", Noise(1, 1000)));
        var file = File.ReadAllBytes(path);
        // With the bytes before it, a header of that length ends at the number that follows the largest.
        byte[] largest = [type == 0 ? (byte)0xF3 : (byte)0xD7, .. Enumerable.Repeat((byte)0xFF, 7), 0x7F];
        // In the place of the archive's own header, or behind it: what is too long is the header, or what follows it.
        byte[] header = type == 0 ? largest : [12, (byte)type, 6, .. largest, 0];
        File.WriteAllBytes(path, [.. file[..at], .. Crc32.Hash(header), .. header, .. file[16..]]);

        if (expected is not null)
        {
            Assert.Equal(expected, Failure(() => _opener.Open(path)).Class);
            return;
        }

        // libarchive knows of nothing that follows the archive's own header.
        using var archive = _opener.Open(path);
        Assert.Equal(Noise(1, 1000), Read(archive.OpenEntry(archive.Entries[0])));
    }

    [Theory]
    [InlineData("bzip2.zip")]
    [InlineData("lzma.zip")]
    [InlineData("ppmd.zip")]
    public void Open_ZipWithOtherCompressions_IsReadFromItsBeginning(string kind)
    {
        (string Name, byte[] Content)[] files = [("1.jpg", new byte[50_000]), ("2.jpg", Noise(1, 3000)), ("3.jpg", [.. Noise(2, 500), .. new byte[20_000]])];
        var path = _folder.Create(kind, files);

        using var archive = _opener.Open(path);
        using var pass = _opener.OpenPass(path);

        Assert.True(archive.IsSequential);
        Assert.Null(archive.Damage);
        Assert.Equal(files.Select(file => (file.Name, (long)file.Content.Length)), archive.Entries.Select(entry => (entry.Path, entry.Size)));
        Assert.All(files.Zip(archive.Entries), pair => Assert.Equal(pair.First.Content, Read(archive.OpenEntry(pair.Second))));
        foreach (var (name, content) in files)
        {
            Assert.Equal((name, content.Length), (pass.Next()!.Path, Read(pass.OpenCurrent()).Length));
        }
    }

    [Fact]
    public void Open_NamesThatLeaveTheArchiveAndLinks_AreRefusedAndTheRestIsRead()
    {
        var path = Tar(
            Entry("../evil.jpg", [1]),
            Entry("a/../../evil.jpg", [1]),
            Entry("/abs.jpg", [1]),
            new PaxTarEntry(TarEntryType.SymbolicLink, "link.jpg") { LinkName = "/etc/passwd" },
            Entry("./good.jpg", [2]));

        using var archive = _opener.Open(path);

        Assert.Equal(
            [FailureClass.UnsafePath, FailureClass.UnsafePath, FailureClass.UnsafePath, FailureClass.Unsupported, null],
            archive.Entries.Select(entry => entry.Failure?.Class));
        Assert.Equal("good.jpg", archive.Entries[4].Path);
        Assert.Equal([2], Read(archive.OpenEntry(archive.Entries[4])));
        Assert.Equal(FailureClass.UnsafePath, Failure(() => archive.OpenEntry(archive.Entries[0])).Class);
    }

    [Fact]
    public void Open_TwoEntriesOfOneName_AreKeptApart()
    {
        using var archive = _opener.Open(Tar(Entry("x.jpg", [1]), Entry("x.jpg", [2, 3])));

        Assert.Equal([0, 1], archive.Entries.Select(entry => entry.Occurrence));
        Assert.Equal([2, 3], Read(archive.OpenEntry(archive.Entries[1])));
    }

    [Theory]
    [InlineData("encrypted.7z")]
    [InlineData("sealed.7z")]
    [InlineData("encrypted.rar5")]
    public void Open_Encrypted_SaysSo(string kind)
    {
        var path = _folder.Create(kind, ("1.jpg", Noise(1, 100)));

        Assert.Equal(FailureClass.Encrypted, Failure(() => _opener.Open(path)).Class);
    }

    [Theory]
    [InlineData("rar4")]
    [InlineData("rar5")]
    [InlineData("tar")]
    [InlineData("tar.gz")]
    [InlineData("tar.xz")]
    public void Open_CutOffInTheMiddle_KeepsTheEntriesBefore(string kind)
    {
        var path = _folder.Create(kind, [.. Enumerable.Range(0, 6).Select(i => ($"{i}.jpg", Noise(i, 300_000)))]);
        var whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..(whole.Length * 3 / 4)]);

        using var archive = _opener.Open(path);
        var readable = archive.Entries.Where(entry => TryRead(archive, entry) is { } content && content.SequenceEqual(Noise(entry.Path[0] - '0', 300_000)));

        Assert.InRange(readable.Count(), 2, 5);
        Assert.Contains(archive.Damage?.Class, new FailureClass?[] { FailureClass.Truncated, FailureClass.Corrupt });
    }

    [Fact]
    public void Open_SevenZipWithItsContentDestroyed_ListsAllBecauseOnlyTheDirectoryIsRead()
    {
        const int Length = 300_000;
        var path = _folder.Create("7z", [.. Enumerable.Range(0, 3).Select(i => ($"{i}.jpg", Noise(i, Length)))]);
        var file = File.ReadAllBytes(path);

        // Noise does not shrink, so behind the 32 bytes of the signature header all this is content.
        file.AsSpan(32, 3 * Length).Fill(0xFF);
        File.WriteAllBytes(path, file);

        using var archive = _opener.Open(path);

        Assert.Null(archive.Damage);
        Assert.Equal([("0.jpg", Length), ("1.jpg", Length), ("2.jpg", Length)], archive.Entries.Select(entry => (entry.Path, (int)entry.Size)));
        Assert.All(archive.Entries, entry => Assert.Null(entry.Failure));
        Assert.Equal(FailureClass.Corrupt, Failure(() => Read(archive.OpenEntry(archive.Entries[1]))).Class);
    }

    [Fact]
    public void Open_MoreEntriesThanAllowed_IsRefused()
    {
        var opener = new ArchiveOpener(new ArchiveLimits { MaxEntries = 3 });
        var path = Tar([.. Enumerable.Range(0, 4).Select(i => Entry($"{i}.jpg", [1]))]);

        Assert.Equal(FailureClass.TooManyEntries, Failure(() => opener.Open(path)).Class);
    }

    [Theory]
    [InlineData("7z")]
    [InlineData("tar.gz")]
    [InlineData("tar.xz")]
    public void Open_Bomb_EndsAtItAndKeepsWhatIsBefore(string kind)
    {
        var opener = new ArchiveOpener(new ArchiveLimits { RatioFreeBytes = 1 << 20, MaxRatio = 50 });
        var path = _folder.Create(kind, ("1.jpg", Noise(1, 100)), ("2.bmp", new byte[20 << 20]), ("3.jpg", Noise(3, 100)));

        using var archive = opener.Open(path);

        Assert.Equal(FailureClass.TooLarge, archive.Damage?.Class);
        Assert.Null(archive.Entries[0].Failure);
        Assert.Equal(FailureClass.TooLarge, archive.Entries[^1].Failure?.Class);
    }

    [Fact]
    public void OpenEntry_LargerThanAllowed_IsRefusedAlone()
    {
        var opener = new ArchiveOpener(new ArchiveLimits { MaxEntryBytes = 1000 });
        using var archive = opener.Open(Tar(Entry("1.jpg", Noise(1, 1001)), Entry("2.jpg", Noise(2, 1000))));

        Assert.Equal([FailureClass.TooLarge, null], archive.Entries.Select(entry => entry.Failure?.Class));
        Assert.Equal(1000, Read(archive.OpenEntry(archive.Entries[1])).Length);
    }

    [Fact]
    public void Open_CompressedFileThatIsNoTar_IsUnsupported()
    {
        var path = Path.Combine(_folder.Path, "picture.tar.gz");
        using (var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            stream.Write(Noise(1, 5000));
        }

        Assert.Equal(FailureClass.Unsupported, Failure(() => _opener.Open(path)).Class);
    }

    /// <summary>Gzip can unpack to gzip without end, so what is unpacked is not unpacked again.</summary>
    [Fact]
    public void Open_TarCompressedTwice_IsUnsupported()
    {
        using var packed = new MemoryStream();
        using (var outer = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var inner = new GZipStream(outer, CompressionLevel.Fastest))
        {
            inner.Write(File.ReadAllBytes(Tar(Entry("1.jpg", [1]))));
        }

        var path = Path.Combine(_folder.Path, "twice.tar.gz");
        File.WriteAllBytes(path, packed.ToArray());

        Assert.Equal(FailureClass.Unsupported, Failure(() => _opener.Open(path)).Class);
    }

    [Fact]
    public void Open_Cancelled_EndsTheListing()
    {
        var path = Tar(Entry("1.jpg", [1]));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => _opener.Open(path, cancelled.Token));
    }

    private static byte[] Noise(int seed, int length)
    {
        var noise = new byte[length];
        new Random(seed).NextBytes(noise);
        return noise;
    }

    private static PaxTarEntry Entry(string name, byte[] content) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) };

    private string Tar(params PaxTarEntry[] entries)
    {
        var path = Path.Combine(_folder.Path, Path.GetRandomFileName());
        using var writer = new TarWriter(File.Create(path));
        foreach (var entry in entries)
        {
            writer.WriteEntry(entry);
        }

        return path;
    }

    private static byte[]? TryRead(IArchive archive, ArchiveEntry entry)
    {
        try
        {
            return Read(archive.OpenEntry(entry));
        }
        catch (SourceException)
        {
            return null;
        }
    }

    private static byte[] Read(Stream stream)
    {
        using (stream)
        {
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        }
    }

    private static ImageFailure Failure(Func<object> call) => Assert.Throws<SourceException>(call).Failure;
}
