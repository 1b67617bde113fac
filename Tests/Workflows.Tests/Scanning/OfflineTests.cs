using ImageLibrary.Activities;
using ImageLibrary.Core;
using ImageLibrary.Tests.Workflows.Support;
using Temporalio.Client;
using Xunit;

namespace ImageLibrary.Tests.Workflows.Scanning;

/// <summary>A disk that goes away in the middle of a scan makes it wait; nothing fails and nothing is removed.</summary>
public sealed class OfflineTests(EmbeddedEngine engine)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Scan_RootGoneWhileRendering_WaitsAndGoesOn(bool isEmptyMountPoint)
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 60);
        library.AddPictures("b", 60);
        library.Renderer.Close(permitted: 10);
        var scan = await library.StartScanAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(library.Renderer.Rendered == 10));
        Directory.Move(library.Root, library.Root + "-away");
        if (isEmptyMountPoint)
        {
            Directory.CreateDirectory(library.Root);
        }
        library.Renderer.Open();
        var waiting = await library.JobWhenAsync(scan.FirstExecutionRunId!, job => job.State == JobState.Waiting);
        Assert.Equal(WaitingReason.LibraryOffline, waiting.Waiting!.Reason);
        Assert.Equal(0, waiting.Images.Failed);

        if (isEmptyMountPoint)
        {
            Directory.Delete(library.Root);
        }
        Directory.Move(library.Root + "-away", library.Root);
        var result = await scan.GetResultAsync();
        Assert.Equal(("completed", 120, 0, 0), (result.State, result.Images.Rendered, result.Images.Failed, result.Images.Removed));
        Assert.Equal(120, library.Renderer.Rendered);
        await library.AssertHistoriesReplayAsync();
    }

    [Fact]
    public async Task Picture_WhoseRootWentOnceItWasRead_HasNotMovedFromOneOfTheSameContent()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 1);
        await library.ScanAsync();
        var known = await library.ImageAsync("a", "0.png");
        var copy = known with
        {
            Id = StableId.NewId(),
            Path = "copy.png",
            PlannedWork = PlannedWork.Added,
            ContentHash = null,
            Derivatives = [],
        };
        var bytes = await File.ReadAllBytesAsync(Path.Combine(library.Root, "a/0.png"), TestContext.Current.CancellationToken);
        var owner = (await library.Store.GetLibraryAsync(library.Id))!;
        using var reader = new SourceReader(
            owner, (await library.Store.GetCollectionAsync(known.CollectionId))!, library.Archives, library.Renderer, new RenderSettings());
        var work = new PictureWork(owner, DerivativeRecipe.All(library.Renderer, owner.Settings, CollectionKind.Folder), reader, FindMoves: true);
        var away = library.Root + "-away";

        Directory.Move(library.Root, away);
        var outcome = library.Pictures.Process(work, new ReadPicture(copy, new SourceContent(bytes, bytes.Length, known.SourceModified), null), TestContext.Current.CancellationToken);
        Directory.Move(away, library.Root);
        File.Delete(Path.Combine(library.Root, "a/0.png"));
        var moved = library.Pictures.Process(work, new ReadPicture(copy, new SourceContent(bytes, bytes.Length, known.SourceModified), null), TestContext.Current.CancellationToken);

        Assert.Equal((OutcomeKind.Rendered, null), (outcome.Kind, outcome.MovedFromImageId));
        Assert.Equal((ChangeKind.Moved, known.Id), (moved.Change, moved.MovedFromImageId));
    }

    [Fact]
    public async Task Scan_RootMountedAgain_GoesOnWithTheNewIdentity()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 3);
        library.AddArchive("book.zip", "1.png");
        await library.ScanAsync();
        var identity = (await library.Store.GetLibraryAsync(library.Id))!.RootIdentity!;
        await library.Store.SetRootIdentityAsync(
            library.Id, identity with { Device = identity.Device + 1, Inode = identity.Inode + 1 });
        library.AddPicture("a/0.png", seed: 1);

        var job = await library.ScanAsync();

        Assert.Equal((JobState.Completed, 1, 0), (job.State, job.Images.Rendered, job.Images.Removed));
        Assert.Equal(identity, (await library.Store.GetLibraryAsync(library.Id))!.RootIdentity);
    }

    [Fact]
    public async Task Scan_OtherDiskInPlaceOfTheRoot_WaitsAndRemovesNothing()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 3);
        await library.ScanAsync();
        Directory.Move(library.Root, library.Root + "-away");
        library.AddPictures("a", 1);
        library.AddPictures("other", 2);

        var scan = await library.StartScanAsync();
        var waiting = await library.JobWhenAsync(scan.FirstExecutionRunId!, job => job.State == JobState.Waiting || job.Ended);
        Assert.Equal((WaitingReason.LibraryOffline, 0), (waiting.Waiting?.Reason, waiting.Images.Removed));

        Directory.Delete(library.Root, recursive: true);
        Directory.Move(library.Root + "-away", library.Root);
        Assert.Equal("completed", (await scan.GetResultAsync()).State);
        Assert.Equal(3, (await library.Store.GetLibraryAsync(library.Id))!.ImageCount);
    }

    [Fact]
    public async Task Scan_RootGoneBeforeRemoval_RemovesNothing()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 3);
        library.AddPictures("b", 3);
        await library.ScanAsync();
        library.AddPicture("a/0.png", seed: 1);
        library.Renderer.Close(permitted: 0);
        var scan = await library.StartScanAsync();
        await library.JobWhenAsync(scan.FirstExecutionRunId!, job => job.Images.Total == 6);
        await scan.SignalAsync(workflow => workflow.PauseAsync());
        library.Renderer.Open();
        await library.JobWhenAsync(scan.FirstExecutionRunId!, job => job.State == JobState.Paused);
        Directory.Move(library.Root, library.Root + "-away");
        await scan.SignalAsync(workflow => workflow.ResumeAsync());
        await library.JobWhenAsync(scan.FirstExecutionRunId!, job => job.Waiting?.Reason == WaitingReason.LibraryOffline);
        Assert.Equal(6, (await library.Store.GetLibraryAsync(library.Id))!.ImageCount);

        Directory.Move(library.Root + "-away", library.Root);
        Assert.Equal(0, (await scan.GetResultAsync()).Images.Removed);
        await library.AssertHistoriesReplayAsync();
    }
}
