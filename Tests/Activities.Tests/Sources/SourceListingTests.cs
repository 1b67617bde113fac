using ImageLibrary.Activities;
using ImageLibrary.Archives;
using ImageLibrary.Core;
using Xunit;

namespace ImageLibrary.Tests.Activities.Sources;

public sealed class SourceListingTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("imagelibrary-listing-");

    [Fact]
    public void Read_ArchiveThatSurprisesItsReader_IsCorruptAndNotReadAgain()
    {
        var listing = Read(new OverflowException());

        Assert.Equal(FailureClass.Corrupt, listing.Failure?.Class);
        Assert.NotEmpty(listing.Fingerprint);
    }

    [Fact]
    public void Read_DiskThatDoesNotAnswer_IsNoFailureOfTheArchive() => Assert.Throws<IOException>(() => Read(new IOException()));

    public void Dispose() => root.Delete(recursive: true);

    private SourceListing Read(Exception surprise)
    {
        File.WriteAllText(Path.Combine(root.FullName, "book.zip"), "archive");
        var archives = new SurprisedArchives(surprise);
        return SourceListing.Read(
            new FolderReader(new Library { Id = "library", Name = "Test", RootPath = root.FullName }, archives, []),
            archives,
            new Collection { Id = "collection", LibraryId = "library", Name = "a", Path = "book.zip", Kind = CollectionKind.Archive },
            TestContext.Current.CancellationToken);
    }

    private sealed class SurprisedArchives(Exception surprise) : IArchiveOpener
    {
        public bool IsArchiveName(string fileName) => new ArchiveOpener().IsArchiveName(fileName);

        public IArchive Open(string path, CancellationToken cancellationToken = default) => throw surprise;

        public IArchivePass OpenPass(string path) => throw surprise;
    }
}
