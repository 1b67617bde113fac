using ImageLibrary.Core;
using ImageLibrary.Tests.Workflows.Support;
using ImageLibrary.Workflows;
using Xunit;

namespace ImageLibrary.Tests.Workflows.Scanning;

/// <summary>What a scan comes to.</summary>
public sealed class LibraryScanTests(EmbeddedEngine engine)
{
    [Fact]
    public async Task Scan_FoldersAndArchive_RendersAllThenNothing()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPicture("a/1.png");
        library.AddPicture("a/2.png");
        library.AddPicture("b/1.png");
        library.AddArchive("c.zip", "x/1.png", "y/1.png");

        var first = await library.ScanAsync();
        var files = library.CountFiles();
        var second = await library.ScanAsync();

        Assert.Equal(JobState.Completed, first.State);
        Assert.Equal(new CollectionCounts(3, 3, 0), first.Collections);
        Assert.Equal((5, 5, 5), (first.Images.Total, first.Images.Rendered, first.Images.Added));
        Assert.Equal(10, files);
        Assert.Equal(new CollectionCounts(3, 0, 3), second.Collections);
        Assert.Equal((5, 5, 0), (second.Images.Total, second.Images.Skipped, second.Images.BytesRead));
        Assert.Equal(10, library.CountFiles());
    }

    [Fact]
    public async Task Scan_TouchedChangedDeletedMovedAndOverwritten_CountsEachRightAndLeavesNoOrphan()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        foreach (var name in new[] { "touched", "changed", "deleted", "moved", "same" })
        {
            library.AddPicture($"a/{name}.png");
        }
        await library.ScanAsync();
        File.SetLastWriteTimeUtc(Path.Combine(library.Root, "a/touched.png"), DateTime.UnixEpoch.AddDays(20_000));
        library.AddPicture("a/changed.png", seed: 1);
        File.Delete(Path.Combine(library.Root, "a/deleted.png"));
        Directory.CreateDirectory(Path.Combine(library.Root, "b"));
        File.Move(Path.Combine(library.Root, "a/moved.png"), Path.Combine(library.Root, "b/new.png"));

        var job = await library.ScanAsync();
        var overwritten = await library.ScanAsync(new LibraryScanInput { OverwriteExisting = true });

        Assert.Equal(JobState.Completed, job.State);
        Assert.Equal((1, 1, 1, 1), (job.Images.Rendered, job.Images.Changed, job.Images.Removed, job.Images.Moved));
        Assert.Equal(4, overwritten.Images.Rendered);
        Assert.Equal(4 * 2 + 2, library.CountFiles());
    }

    [Fact]
    public async Task Scan_DamagedFiles_FailsThemAloneAndCompletes()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPicture("a/1.png");
        library.Write("a/empty.jpg", []);
        library.Write("a/text.jpg", "not a picture"u8.ToArray());
        library.Write("broken.zip", "not an archive"u8.ToArray());

        var job = await library.ScanAsync();

        Assert.Equal(JobState.CompletedWithFailures, job.State);
        Assert.Equal((1, 2), (job.Images.Rendered, job.Images.Failed));
        var failures = await library.Store.ListFailuresAsync(job.Id, new PageRequest());
        Assert.Equal(["a/empty.jpg", "a/text.jpg", "broken.zip"], failures.Items.Select(failure => failure.Path));
    }

    [Fact]
    public async Task Scan_RootGone_WaitsAndGoesOnByItself()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPicture("a/1.png");
        await library.ScanAsync();
        Directory.Move(library.Root, library.Root + "-away");
        var handle = await library.StartScanAsync();
        await Eventually.HoldsAsync(async () =>
            (await library.Store.GetJobAsync(handle.FirstExecutionRunId!))?.Waiting?.Reason == WaitingReason.LibraryOffline);
        Directory.Move(library.Root + "-away", library.Root);

        var result = await handle.GetResultAsync();

        Assert.Equal(0, result.Images.Removed);
        Assert.Equal("completed", result.State);
    }
}
