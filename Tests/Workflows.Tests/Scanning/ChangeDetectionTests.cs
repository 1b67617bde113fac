using ImageLibrary.Core;
using ImageLibrary.Tests.Workflows.Support;
using ImageLibrary.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Xunit;

namespace ImageLibrary.Tests.Workflows.Scanning;

/// <summary>What each kind of scan finds to be different.</summary>
public sealed class ChangeDetectionTests(EmbeddedEngine engine)
{
    [Fact]
    public async Task DeepScan_EditInPlaceOfSameSizeAndTime_RendersThatPictureOnly()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 4);
        library.Write("a/edited.png", TestPng.CreateOfSize(20_000, seed: 1));
        await library.ScanAsync();
        EditInPlace(Path.Combine(library.Root, "a/edited.png"), TestPng.CreateOfSize(20_000, seed: 2));

        var ordinary = await library.ScanAsync();
        var deep = await library.ScanAsync(new LibraryScanInput { Deep = true });
        var again = await library.ScanAsync(new LibraryScanInput { Deep = true });

        Assert.Equal((0, 0), (ordinary.Images.Rendered, ordinary.Images.Changed));
        Assert.Equal((1, 1, 4), (deep.Images.Rendered, deep.Images.Changed, deep.Images.Skipped));
        Assert.Equal((0, 0, 5), (again.Images.Rendered, again.Images.Changed, again.Images.Skipped));
        Assert.Equal(10, library.CountFiles());
    }

    [Fact]
    public async Task CollectionScan_ByItself_TakesItsOwnChangesOnly()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 3);
        library.AddPictures("b", 3);
        await library.ScanAsync();
        foreach (var name in new[] { "a", "b" })
        {
            library.AddPicture($"{name}/0.png", seed: 1);
            library.AddPicture($"{name}/new.png");
            File.Delete(Path.Combine(library.Root, $"{name}/1.png"));
        }
        var job = await library.ScanCollectionAsync("a");
        Assert.Equal((JobType.CollectionScan, JobState.Completed), (job.Type, job.State));
        Assert.Equal((2, 1, 1, 1, 1), (job.Images.Rendered, job.Images.Added, job.Images.Changed, job.Images.Removed, job.Images.Unchanged));
        Assert.Equal(new CollectionCounts(1, 1, 0), job.Collections);

        var rest = await library.ScanAsync();
        Assert.Equal((2, 1, 1, 1), (rest.Images.Rendered, rest.Images.Added, rest.Images.Changed, rest.Images.Removed));
        // Derivatives of removed pictures are kept, in case that these come back.
        Assert.Equal(16, library.CountFiles());
        await library.AssertHistoriesReplayAsync();
    }

    [Fact]
    public async Task Scan_OfPath_LeavesTheRestAlone()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a/x", 2);
        library.AddPictures("b", 2);
        await library.ScanAsync();
        library.AddPictures("a/y", 2);
        library.AddPictures("c", 2);
        Directory.Delete(Path.Combine(library.Root, "b"), recursive: true);
        Directory.Delete(Path.Combine(library.Root, "a/x"), recursive: true);

        var subtree = await library.ScanAsync(new LibraryScanInput { Path = "a" });
        Assert.Equal((2, 2), (subtree.Images.Added, subtree.Images.Removed));
        var whole = await library.ScanAsync();
        Assert.Equal((2, 2), (whole.Images.Added, whole.Images.Removed));
    }

    [Fact]
    public async Task Scan_PictureThatComesBack_IsRestoredWithoutRendering()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 3);
        await library.ScanAsync();
        var file = Path.Combine(library.Root, "a/0.png");
        File.Move(file, library.Root + "-kept.png");
        var gone = await library.ScanAsync();
        File.Move(library.Root + "-kept.png", file);
        var back = await library.ScanAsync();

        Assert.Equal(1, gone.Images.Removed);
        Assert.Equal((0, 1), (back.Images.Rendered, back.Images.Added));
        Assert.Equal(3, library.Renderer.Rendered);
        Assert.Equal(3, (await library.Store.GetLibraryAsync(library.Id))!.ImageCount);
    }

    [Fact]
    public async Task Scan_CopyAtThePlaceThatAPictureMovedFrom_SharesNoFilesWithIt()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 2);
        await library.ScanAsync();
        var old = Path.Combine(library.Root, "a/0.png");
        var moved = Path.Combine(library.Root, "b/0.png");
        var time = File.GetLastWriteTimeUtc(old);
        Directory.CreateDirectory(Path.Combine(library.Root, "b"));
        File.Move(old, moved);
        Assert.Equal(1, (await library.ScanAsync()).Images.Moved);
        File.Copy(moved, old);
        File.SetLastWriteTimeUtc(old, time);
        await library.ScanAsync();
        library.AddPicture("b/0.png", seed: 7);
        Assert.Equal(1, (await library.ScanAsync()).Images.Changed);

        var copy = await library.ImageAsync("a", "0.png");
        Assert.Equal(ImageState.Ready, copy.State);
        Assert.All(copy.Derivatives, derivative => Assert.Equal(derivative.Bytes, library.Blobs.Length(derivative.FileName)));
        Assert.Equal(6, library.CountFiles());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Scan_AfterOneThatWasCancelledBeforeItsPicturesCame_RendersThem(bool resumeIncomplete)
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        for (var i = 120; i < 150; i++)
        {
            library.AddPicture($"a/{i}.png");
        }
        await library.ScanAsync();
        // Two batches of new pictures are begun; a third has new ones and the changed ones.
        for (var i = 0; i < 150; i++)
        {
            library.AddPicture($"a/{i}.png", seed: 1);
        }
        library.Renderer.Close(permitted: 0);
        var scan = await library.StartScanAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(library.Renderer.Held > 0));
        await scan.CancelAsync();
        await library.PendingAsync(WorkflowIds.Collection(library.CollectionId("a")), "RenderBatch", PendingActivityState.CancelRequested);
        library.Renderer.Open();
        await Assert.ThrowsAsync<WorkflowFailedException>(() => scan.GetResultAsync());
        var cancelled = await library.JobAsync(scan.FirstExecutionRunId!);

        var next = await library.ScanAsync(new LibraryScanInput { ResumeIncomplete = resumeIncomplete });

        Assert.Equal((30, 120), (next.Images.Changed, cancelled.Images.Added + next.Images.Added));
        Assert.Equal(180, library.Renderer.Rendered);
        Assert.InRange(next.Images.Rendered, 50, 149);
    }

    [Fact]
    public async Task Scan_PictureThatCouldNotBeReadForAMoment_IsReadyAgain()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 10);
        await library.ScanAsync();
        for (var i = 0; i < 6; i++)
        {
            library.AddPicture($"a/{i}.png", seed: 1);
        }
        library.Renderer.Close(permitted: 0);
        var scan = await library.StartScanAsync(new LibraryScanInput { Deep = true });
        await Eventually.HoldsAsync(() => Task.FromResult(library.Renderer.Held == 2));
        var file = Path.Combine(library.Root, "a/9.png");
        File.Move(file, file + ".away");
        library.Renderer.Open();
        await scan.GetResultAsync();
        Assert.Equal(ImageState.Failed, (await library.ImageAsync("a", "9.png")).State);
        File.Move(file + ".away", file);

        var next = await library.ScanAsync();

        Assert.Equal(JobState.Completed, next.State);
        var image = await library.ImageAsync("a", "9.png");
        Assert.Equal((ImageState.Ready, null), (image.State, image.Failure));
        Assert.Equal(16, library.Renderer.Rendered);
    }

    private static void EditInPlace(string path, byte[] content)
    {
        var modified = File.GetLastWriteTimeUtc(path);
        File.WriteAllBytes(path, content);
        File.SetLastWriteTimeUtc(path, modified);
    }
}
