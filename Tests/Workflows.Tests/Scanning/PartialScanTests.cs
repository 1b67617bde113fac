using ImageLibrary.Core;
using ImageLibrary.Tests.Workflows.Support;
using ImageLibrary.Workflows;
using Temporalio.Exceptions;
using Xunit;

namespace ImageLibrary.Tests.Workflows.Scanning;

/// <summary>Scans of a part of a library never leave it, and never take a disk that is away for deleted pictures.</summary>
public sealed class PartialScanTests(EmbeddedEngine engine)
{
    [Fact]
    public async Task Scan_OfLinkOutOfTheLibrary_IsRefused()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        Directory.CreateDirectory(library.Root + "-outside");
        library.AddPicture("../pictures-outside/secret.png");
        Directory.CreateSymbolicLink(Path.Combine(library.Root, "link"), library.Root + "-outside");

        var scan = await library.StartScanAsync(new LibraryScanInput { Path = "link" });
        await Assert.ThrowsAsync<WorkflowFailedException>(() => scan.GetResultAsync());

        var job = await library.JobAsync(scan.FirstExecutionRunId!);
        Assert.Equal((JobState.Failed, 0), (job.State, library.Renderer.Rendered));
        Assert.Contains("'link'", job.Error, StringComparison.Ordinal);
        await library.AssertHistoriesReplayAsync();
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("a/nowhere")]
    [InlineData("a/0.png/nowhere")]
    [InlineData("nowhere.zip")]
    [InlineData("leads nowhere")]
    public async Task Scan_OfPathThatIsNeitherOnDiskNorKnown_IsRefused(string path)
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 1);
        File.CreateSymbolicLink(Path.Combine(library.Root, "leads nowhere"), "nowhere");
        await library.ScanAsync();

        var scan = await library.StartScanAsync(new LibraryScanInput { Path = path });
        await Assert.ThrowsAsync<WorkflowFailedException>(() => scan.GetResultAsync());

        var job = await library.JobAsync(scan.FirstExecutionRunId!);
        Assert.Equal(JobState.Failed, job.State);
        Assert.Contains($"'{path}'", job.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await library.Store.GetLibraryAsync(library.Id))!.ImageCount);
        await library.AssertHistoriesReplayAsync();
    }

    [Fact]
    public async Task Scan_OfUnknownPathWhileTheRootIsAway_WaitsBeforeItIsRefused()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 1);
        await library.ScanAsync();
        Directory.Move(library.Root, library.Root + "-away");

        var scan = await library.StartScanAsync(new LibraryScanInput { Path = "nowhere" });
        var waiting = await library.JobWhenAsync(scan.FirstExecutionRunId!, job => job.State == JobState.Waiting || job.Ended);
        Assert.Equal(WaitingReason.LibraryOffline, waiting.Waiting?.Reason);

        Directory.Move(library.Root + "-away", library.Root);
        await Assert.ThrowsAsync<WorkflowFailedException>(() => scan.GetResultAsync());
    }

    [Fact]
    public async Task Scan_OfKnownPathThatIsGone_RemovesItAndMayBeRepeated()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 1);
        library.AddArchive("papers.zip", "letter.txt");
        await library.ScanAsync();
        File.Delete(Path.Combine(library.Root, "papers.zip"));

        for (var i = 0; i < 2; i++)
        {
            var job = await library.ScanAsync(new LibraryScanInput { Path = "papers.zip" });
            Assert.Equal(JobState.Completed, job.State);
            var listed = await library.Store.ListCollectionsAsync(new CollectionQuery(library.Id), new PageRequest());
            Assert.Equal("a", Assert.Single(listed.Items).Path);
        }
    }

    [Fact]
    public async Task ScanCollection_FolderReplacedByALink_ReadsNothingAndRemovesNothing()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 2);
        await library.ScanAsync();
        Directory.Move(Path.Combine(library.Root, "a"), library.Root + "-outside");
        library.AddPicture("../pictures-outside/secret.png");
        Directory.CreateSymbolicLink(Path.Combine(library.Root, "a"), library.Root + "-outside");

        var job = await library.ScanCollectionAsync("a");
        Assert.Equal(JobStage.Rendering, job.Stage);

        Assert.Equal((JobState.CompletedWithFailures, 0), (job.State, job.Images.Removed));
        Assert.Equal(FailureClass.UnsafePath, Assert.Single(job.Images.FailuresByClass).Key);
        Assert.Equal(2, library.Renderer.Rendered);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Scan_OfPathThatIsAway_WaitsAndGoesOnWhenItIsBack(bool isEmptyMountPoint)
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("nas/deep", 3);
        library.AddPictures("local", 1);
        await library.ScanAsync();
        var folder = Path.Combine(library.Root, "nas");
        Directory.Move(folder, library.Root + "-nas");
        if (isEmptyMountPoint)
        {
            Directory.CreateDirectory(folder);
        }

        var scan = await library.StartScanAsync(new LibraryScanInput { Path = "nas" });
        var waiting = await library.JobWhenAsync(scan.FirstExecutionRunId!, job => job.State == JobState.Waiting || job.Ended);
        Assert.Equal((WaitingReason.LibraryOffline, 0), (waiting.Waiting?.Reason, waiting.Images.Removed));

        if (isEmptyMountPoint)
        {
            Directory.Delete(folder);
        }
        Directory.Move(library.Root + "-nas", folder);
        var result = await scan.GetResultAsync();
        Assert.Equal(("completed", 3, 0), (result.State, result.Images.Skipped, result.Images.Removed));
        await library.AssertHistoriesReplayAsync();
    }

    [Fact]
    public async Task Scan_OfPathWithSomethingLeft_RemovesWhatIsGone()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("part/kept", 1);
        library.AddPictures("part/gone", 2);
        await library.ScanAsync();
        Directory.Delete(Path.Combine(library.Root, "part/gone"), recursive: true);

        var job = await library.ScanAsync(new LibraryScanInput { Path = "part" });

        Assert.Equal((JobState.Completed, 2), (job.State, job.Images.Removed));
    }

    [Fact]
    public async Task ScanCollection_ThatIsAway_RemovesNothing()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("nas", 2);
        library.AddArchive("book.zip", "1.png");
        await library.ScanAsync();
        Directory.Delete(Path.Combine(library.Root, "nas"), recursive: true);
        Directory.CreateDirectory(Path.Combine(library.Root, "nas"));
        File.Delete(Path.Combine(library.Root, "book.zip"));

        foreach (var collection in new[] { "nas", "book.zip" })
        {
            var job = await library.ScanCollectionAsync(collection);
            Assert.Equal((JobState.CompletedWithFailures, 0), (job.State, job.Images.Removed));
        }

        Assert.Equal(3, (await library.Store.GetLibraryAsync(library.Id))!.ImageCount);
    }

    [Fact]
    public async Task Scan_OfPathThatIsAnArchive_ScansItAlone()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        Directory.CreateDirectory(Path.Combine(library.Root, "books"));
        library.AddArchive("books/1.zip", "1.png", "2.png");
        library.AddArchive("books/2.zip", "1.png");

        var first = await library.ScanAsync(new LibraryScanInput { Path = "books/1.zip" });
        Assert.Equal((JobState.Completed, 2, 1), (first.State, first.Images.Rendered, first.Collections.Total));
        await library.ScanAsync();
        var again = await library.ScanAsync(new LibraryScanInput { Path = "books/1.zip" });

        Assert.Equal((JobState.Completed, 2, 0), (again.State, again.Images.Skipped, again.Images.Removed));
        Assert.Equal(3, (await library.Store.GetLibraryAsync(library.Id))!.ImageCount);
    }
}
