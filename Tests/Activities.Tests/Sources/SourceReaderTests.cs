using System.IO.Compression;
using ImageLibrary.Activities;
using ImageLibrary.Archives;
using ImageLibrary.Core;
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

    public void Dispose() => folder.Delete(recursive: true);

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
        new ArchiveOpener(), new RenderSettings());
}
