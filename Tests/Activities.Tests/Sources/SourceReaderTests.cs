using System.IO.Compression;
using ImageLibrary.Activities;
using ImageLibrary.Archives;
using ImageLibrary.Core;
using ImageLibrary.Imaging;
using Xunit;

namespace ImageLibrary.Tests.Activities.Sources;

public sealed class SourceReaderTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("imagelibrary-reader-");
    private readonly string root;

    public SourceReaderTests()
    {
        root = folder.CreateSubdirectory("root").FullName;
        folder.CreateSubdirectory("outside/deep");
        File.WriteAllText(Path.Combine(folder.FullName, "outside/a.jpg"), "secret");
        File.WriteAllText(Path.Combine(folder.FullName, "outside/deep/a.jpg"), "secret");
        File.WriteAllText(Path.Combine(folder.FullName, "outside/book.tar"), "secret");
    }

    [Fact]
    public void Read_FolderInItsPlace_ReadsThePicture()
    {
        Directory.CreateDirectory(Path.Combine(root, "a/deep"));
        File.WriteAllText(Path.Combine(root, "a/deep/a.jpg"), "picture");

        using var reader = Reader("a/deep", CollectionKind.Folder);
        using var content = reader.Read(Picture);

        Assert.True(content.Bytes.SequenceEqual("picture"u8));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a/deep")]
    public void Read_FolderReplacedByALink_IsRefused(string path)
    {
        Directory.CreateSymbolicLink(Path.Combine(root, "a"), Path.Combine(folder.FullName, "outside"));

        using var reader = Reader(path, CollectionKind.Folder);

        Assert.Equal(FailureClass.UnsafePath, Assert.Throws<SourceException>(() => reader.Read(Picture)).Failure.Class);
    }

    [Fact]
    public void OpenPass_ArchiveReplacedByALinkOutOfTheLibrary_IsRefused()
    {
        File.CreateSymbolicLink(Path.Combine(root, "book.tar"), Path.Combine(folder.FullName, "outside/book.tar"));

        using var reader = Reader("book.tar", CollectionKind.Archive);

        Assert.Equal(FailureClass.UnsafePath, Assert.Throws<SourceException>(() => reader.OpenPass()).Failure.Class);
        Assert.Equal(FailureClass.UnsafePath, Assert.Throws<SourceException>(() => reader.Read(Picture)).Failure.Class);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_EntryWithAWrongChecksum_IsReadAndKnownAsDamaged(bool damaged)
    {
        var path = Path.Combine(root, "book.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry("a.jpg", CompressionLevel.NoCompression).Open();
            entry.Write("picture"u8);
        }
        var file = File.ReadAllBytes(path);
        file[file.AsSpan().IndexOf("picture"u8)] -= damaged ? (byte)1 : (byte)0;
        File.WriteAllBytes(path, file);

        using var reader = Reader("book.zip", CollectionKind.Archive);
        using var content = reader.Read(Picture);

        Assert.True(content.Bytes[1..].SequenceEqual("icture"u8));
        Assert.Equal(damaged, content.Damaged);
    }

    [Fact]
    public void Read_LargeFileThatIsNoPicture_IsRefusedByItsFirstBytes()
    {
        using (var file = File.Create(Path.Combine(root, "a.jpg")))
        {
            file.Write("no picture"u8);
            file.SetLength(900 << 20);
        }
        using var reader = Reader("", CollectionKind.Folder);

        AssertRefusedCheaply(() => reader.Read(Picture).Dispose());
    }

    [Fact]
    public void Read_LargeEntryThatIsNoPicture_IsRefusedByItsFirstBytes()
    {
        using (var zip = ZipFile.Open(Path.Combine(root, "book.zip"), ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry("a.jpg", CompressionLevel.Fastest).Open();
            var block = new byte[1 << 20];
            for (var i = 0; i < 129; i++)
            {
                entry.Write(block);
            }
        }
        using var reader = Reader("book.zip", CollectionKind.Archive);

        AssertRefusedCheaply(() => reader.Read(Picture).Dispose());
    }

    [Theory]
    [InlineData(CollectionKind.Folder)]
    [InlineData(CollectionKind.Archive)]
    public void Read_LargeFileThatMayBeAPicture_IsReadWhole(CollectionKind kind)
    {
        var large = new byte[(int)new RenderSettings().IsolatedFileBytes + 100];
        Signature.CopyTo(large);
        large[^1] = 1;
        if (kind == CollectionKind.Folder)
        {
            File.WriteAllBytes(Path.Combine(root, "a.jpg"), large);
        }
        else
        {
            using var zip = ZipFile.Open(Path.Combine(root, "book.zip"), ZipArchiveMode.Create);
            using var entry = zip.CreateEntry("a.jpg", CompressionLevel.Fastest).Open();
            entry.Write(large);
        }
        using var reader = Reader(kind == CollectionKind.Folder ? "" : "book.zip", kind);

        using var content = reader.Read(Picture);

        Assert.True(content.Bytes.SequenceEqual(large));
        Assert.False(content.Damaged);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static ReadOnlySpan<byte> Signature => [0xFF, 0xD8, 0xFF, 0xC0];

    private static void AssertRefusedCheaply(Action read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        var failure = Assert.Throws<SourceException>(read).Failure;

        Assert.Equal(FailureClass.Unsupported, failure.Class);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    private static ImageRecord Picture => new()
    {
        Id = "image",
        CollectionId = "collection",
        LibraryId = "library",
        Path = "a.jpg",
        SortKey = [1],
        SourceSize = 1,
        SourceModified = 0,
    };

    private SourceReader Reader(string path, CollectionKind kind) => new(
        new Library { Id = "library", Name = "Test", RootPath = root },
        new Collection { Id = "collection", LibraryId = "library", Name = "a", Path = path, Kind = kind },
        new ArchiveOpener(), new ImageRenderer(), new RenderSettings());
}
