using System.IO.Compression;
using System.IO.Hashing;
using ImageLibrary.Archives;
using ImageLibrary.Core;
using ImageLibrary.Tests.Archives.Support;
using Xunit;

namespace ImageLibrary.Tests.Archives;

/// <summary>The checksum and length that lie behind all content of a tar.gz.</summary>
public sealed class GzipChecksumTests : IDisposable
{
    private const int TrailerLength = 8;

    private static readonly byte[] Noise = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * i >> 7))];

    private readonly ArchiveFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(-TrailerLength)]
    [InlineData(-1)]
    public void Open_WrongChecksumOrLength_KeepsAllEntriesAndTellsTheDamage(int at)
    {
        foreach (var size in (int[])[10, 20_000, Noise.Length])
        {
            var file = TarGzip(size);
            file[^-at] ^= 1;

            AssertWholeWith(FailureClass.DamagedSource, file, size);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(TrailerLength)]
    public void Open_ChecksumCutOff_KeepsAllEntriesAndTellsTheDamage(int missing) =>
        AssertWholeWith(FailureClass.DamagedSource, TarGzip(Noise.Length)[..^missing], Noise.Length);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(100_000)]
    public void Open_WhateverFollowsTheChecksum_IsNoDamage(int length)
    {
        AssertWholeWith(null, [.. TarGzip(Noise.Length), .. new byte[length]], Noise.Length);
        AssertWholeWith(null, [.. TarGzip(20_000), .. Enumerable.Repeat((byte)7, length)], 20_000);
    }

    [Fact]
    public void Open_WrongChecksumOfSeveralMembers_KeepsTheEntriesBeforeIt()
    {
        var tar = Unpacked(TarGzip(Noise.Length));
        byte[][] members = [Gzip(tar[..100_000]), Gzip(tar[100_000..400_000]), Gzip(tar[400_000..])];
        AssertWholeWith(null, [.. members.SelectMany(member => member)], Noise.Length);

        members[2][^TrailerLength] ^= 1;
        AssertWholeWith(FailureClass.DamagedSource, [.. members.SelectMany(member => member)], Noise.Length);

        members[1][^TrailerLength] ^= 1;
        using var archive = new ArchiveOpener().Open(Write([.. members.SelectMany(member => member)]), TestContext.Current.CancellationToken);
        Assert.NotNull(archive.Damage);
        Assert.Equal(Noise, Content(archive, archive.Entries[0]));
    }

    [Fact]
    public void Open_EveryKindOfHeader_IsPassedOver()
    {
        var plain = TarGzip(20_000);
        byte[] header = [0x1F, 0x8B, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3, .. "name\0"u8, .. "comment\0"u8];
        var sum = Crc32.HashToUInt32(header);

        AssertWholeWith(null, [.. header, (byte)sum, (byte)(sum >> 8), .. Gzip(Unpacked(plain)).AsSpan(10)], 20_000);
    }

    [Fact]
    public void Open_CountlessMembers_AreUnpackedAll()
    {
        var tar = Unpacked(TarGzip(20_000));
        var empty = Gzip([]);

        AssertWholeWith(null, [.. Gzip(tar[..5_000]), .. Enumerable.Repeat(empty, 12_000).SelectMany(member => member), .. Gzip(tar[5_000..])], 20_000);
    }

    private void AssertWholeWith(FailureClass? damage, byte[] file, int size)
    {
        var path = Write(file);

        using var archive = new ArchiveOpener().Open(path, TestContext.Current.CancellationToken);

        Assert.Equal(damage, archive.Damage?.Class);
        Assert.Equal(["1.jpg", "2.jpg"], archive.Entries.Select(entry => entry.Path));
        Assert.All(archive.Entries, entry => Assert.Equal(Noise[..size], Content(archive, entry)));
        using var pass = new ArchiveOpener().OpenPass(path);
        while (pass.Next(TestContext.Current.CancellationToken) is not null)
        {
            // Entries that nobody reads are skipped.
        }
        Assert.Equal(damage, pass.Damage?.Class);
    }

    private static byte[] Content(IArchive archive, ArchiveEntry entry)
    {
        using var content = new MemoryStream();
        using var stream = archive.OpenEntry(entry, TestContext.Current.CancellationToken);
        stream.CopyTo(content);
        return content.ToArray();
    }

    private string Write(byte[] file)
    {
        var path = Path.Combine(_folder.Path, $"{Guid.NewGuid():n}.tar.gz");
        File.WriteAllBytes(path, file);
        return path;
    }

    private byte[] TarGzip(int size) =>
        File.ReadAllBytes(_folder.Create("tar.gz", ("1.jpg", Noise[..size]), ("2.jpg", Noise[..size])));

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }
        return packed.ToArray();
    }

    private static byte[] Unpacked(byte[] gzip)
    {
        using var content = new MemoryStream();
        using var stream = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
        stream.CopyTo(content);
        return content.ToArray();
    }
}
