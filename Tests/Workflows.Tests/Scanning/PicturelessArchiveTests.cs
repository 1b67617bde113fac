using ImageLibrary.Core;
using ImageLibrary.Tests.Workflows.Support;
using Xunit;

namespace ImageLibrary.Tests.Workflows.Scanning;

/// <summary>An archive of other things than pictures is listed and says so, and is no failure; one without any content is.</summary>
public sealed class PicturelessArchiveTests(EmbeddedEngine engine)
{
    [Fact]
    public async Task Scan_ArchiveOfDocuments_IsListedWithARemarkAndReadOnce()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("good", 1);
        library.AddArchive("papers.zip", "letter.txt", "__MACOSX/letter.png");
        library.AddTarGz("papers.tar.gz", ("letter.txt", [1]));

        var first = await library.ScanAsync();
        var opened = library.Archives.Opened;
        var second = await library.ScanAsync();

        Assert.Equal((JobState.Completed, JobState.Completed), (first.State, second.State));
        Assert.Empty((await library.Store.ListFailuresAsync(first.Id, new PageRequest())).Items);
        Assert.Equal((2, opened), (opened, library.Archives.Opened));
        var listed = (await library.Store.ListCollectionsAsync(new CollectionQuery(library.Id), new PageRequest())).Items;
        Assert.Equal(["good", "papers.tar.gz", "papers.zip"], listed.Select(collection => collection.Path).Order());
        foreach (var papers in listed.Where(collection => collection.Kind == CollectionKind.Archive))
        {
            Assert.Equal((0, new ImageFailure(FailureClass.Empty, "The archive holds no pictures.")), (papers.ImageCount, papers.Failure));
        }
    }

    [Fact]
    public async Task Scan_ArchiveThatGetsAndLosesItsPictures_IsRemarkedOnAsItIs()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("good", 1);
        library.AddArchive("book.zip", "notes.txt");
        await library.ScanAsync();
        File.Delete(Path.Combine(library.Root, "book.zip"));
        library.AddArchive("book.zip", "notes.txt", "page.png");
        var filled = await library.ScanAsync();
        Assert.Null((await library.Store.GetCollectionAsync(library.CollectionId("book.zip")))!.Failure);
        File.Delete(Path.Combine(library.Root, "book.zip"));
        library.AddArchive("book.zip", "notes.txt");
        var emptied = await library.ScanAsync();
        Assert.NotNull((await library.Store.GetCollectionAsync(library.CollectionId("book.zip")))!.Failure);
        File.Delete(Path.Combine(library.Root, "book.zip"));
        var gone = await library.ScanAsync();

        Assert.Equal((1, 1, 0), (filled.Images.Rendered, emptied.Images.Removed, gone.Images.Removed));
        Assert.Equal((JobState.Completed, JobState.Completed), (emptied.State, gone.State));
        Assert.Equal("good", Assert.Single((await library.Store.ListCollectionsAsync(new CollectionQuery(library.Id), new PageRequest())).Items).Path);
    }

    [Fact]
    public async Task Scan_ArchiveWithoutEntries_IsAFailure()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddArchive("nothing.zip");
        library.AddTarGz("nothing.tar.gz");

        var job = await library.ScanAsync();

        Assert.Equal(JobState.CompletedWithFailures, job.State);
        Assert.Equal(KeyValuePair.Create(FailureClass.Empty, 2L), Assert.Single(job.Images.FailuresByClass));
        var listed = (await library.Store.ListCollectionsAsync(new CollectionQuery(library.Id), new PageRequest())).Items;
        Assert.Equal(["nothing.tar.gz", "nothing.zip"], listed.Select(collection => collection.Path).Order());
        Assert.All(listed, collection => Assert.Equal(FailureClass.Empty, collection.Failure?.Class));
    }
}
