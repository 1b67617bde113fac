using ImageLibrary.Core;
using ImageLibrary.Tests.Workflows.Support;
using ImageLibrary.Workflows;
using Xunit;

namespace ImageLibrary.Tests.Workflows.Rendering;

/// <summary>What a batch costs the store, and what its retry does again: nothing.</summary>
public sealed class BatchTests(EmbeddedEngine engine)
{
    private const int Batch = RunLimits.BatchImages;

    [Fact]
    public async Task Scan_OfTwiceAsManyPictures_AddsOneStoreUpdatePerBatch()
    {
        var few = await CountUpdatesAsync(2 * Batch);
        var many = await CountUpdatesAsync(5 * Batch);

        Assert.Equal(3, many - few);
        Assert.InRange(few, 2, 2 + 12);
    }

    [Fact]
    public async Task Rescan_WithoutChange_WritesNoImageRecord()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 2 * Batch);
        await library.ScanAsync();
        var images = library.Store.ImageWrites;
        var rendered = library.Renderer.Rendered;
        var job = await library.ScanAsync();

        Assert.Equal((2 * Batch, 0), (job.Images.Skipped, job.Images.BytesRead));
        Assert.Equal((images, rendered), (library.Store.ImageWrites, library.Renderer.Rendered));
    }

    [Fact]
    public async Task Batch_RecordFails_RetryTakesOverItsResults()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", Batch);
        library.Renderer.Close(permitted: Batch - 1);
        var scan = await library.StartScanAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(library.Renderer.Rendered == Batch - 1));
        await using (await library.LockStoreAsync())
        {
            library.Renderer.Open();
            await library.RetryAsync(WorkflowIds.Collection(library.CollectionId("a")), "RenderBatch", attempt: 3);
        }
        var result = await scan.GetResultAsync();

        Assert.Equal((Batch, 0), (result.Images.Rendered, result.Images.Reused));
        Assert.Equal(Batch, library.Renderer.Rendered);
        await library.AssertHistoriesReplayAsync();
    }

    [Fact]
    public async Task Batch_WorkerStops_RecordsWhatIsDoneAndTheNextWorkerGoesOn()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", Batch);
        library.Renderer.Close(permitted: 10);
        var scan = await library.StartScanAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(library.Renderer.Rendered == 10));
        var stopping = library.StopWorkerAsync();
        library.Renderer.Open();
        await stopping;
        var stopped = await library.JobAsync(scan.FirstExecutionRunId!);
        await library.StartWorkerAsync();
        var result = await scan.GetResultAsync();

        Assert.InRange(stopped.Images.Rendered, 10, Batch - 1);
        Assert.Equal((Batch, 0), (result.Images.Rendered, result.Images.Reused));
        Assert.Equal(Batch, library.Renderer.Rendered);
        await library.AssertHistoriesReplayAsync();
    }

    [Fact]
    public async Task Batch_WithoutSuccess_IsCountedAndRecorded()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        for (var i = 0; i < 3; i++)
        {
            library.Write($"a/{i}.jpg", []);
        }
        var job = await library.ScanAsync();
        var again = await library.ScanAsync(new LibraryScanInput { ResumeIncomplete = false });

        Assert.Equal((JobState.CompletedWithFailures, 3, 3), (job.State, job.Images.Total, job.Images.Failed));
        Assert.Equal((3, 3), (again.Images.Total, again.Images.Skipped));
    }

    [Fact]
    public async Task Scan_OfZip_OpensItOncePerBatch()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddArchive("many.zip", [.. Enumerable.Range(0, 2 * Batch).Select(i => $"{i}.png")]);
        var job = await library.ScanAsync();

        Assert.Equal(2 * Batch, job.Images.Rendered);
        Assert.InRange(library.Archives.Opened, 1, 1 + 2);
    }

    [Fact]
    public async Task Scan_OfFolderOfSeveralPages_ReadsItOnceAndPlansAll()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        for (var i = 0; i < 5_100; i++)
        {
            library.Write($"a/{i}.jpg", []);
        }
        var job = await library.ScanAsync();
        var again = await library.ScanAsync(new LibraryScanInput { ResumeIncomplete = false });

        Assert.Equal((5_100, 5_100), (job.Images.Total, job.Images.Failed));
        Assert.Equal((5_100, new CollectionCounts(1, 0, 1)), (again.Images.Skipped, again.Collections));
    }

    private async Task<long> CountUpdatesAsync(int pictures)
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", pictures);
        var before = library.Store.WriteTransactions;
        var job = await library.ScanAsync();
        Assert.Equal(pictures, job.Images.Rendered);
        return library.Store.WriteTransactions - before;
    }
}
