using ImageLibrary.Core;
using ImageLibrary.Tests.Workflows.Support;
using ImageLibrary.Workflows;
using Temporalio.Client;
using Temporalio.Exceptions;
using Xunit;

namespace ImageLibrary.Tests.Workflows.Scanning;

/// <summary>Pause, resume, cancel and concurrency: each is shown once it is in effect, and nothing is lost by it.</summary>
public sealed class JobControlTests(EmbeddedEngine engine)
{
    [Fact]
    public async Task Pause_WhileRendering_StopsEveryCollectionAndResumeGoesOn()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        for (var i = 0; i < 6; i++)
        {
            library.AddPictures($"{i}", 40);
        }
        library.Renderer.Close(permitted: 20);
        var scan = await library.StartScanAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(library.Renderer.Rendered == 20));
        await scan.SignalAsync(workflow => workflow.PauseAsync());
        var paused = await library.JobWhenAsync(scan.FirstExecutionRunId!, job =>
        {
            library.Renderer.Permit(1);
            return job.State == JobState.Paused;
        });

        // Each child says that it is paused, and has nothing in flight.
        var children = 0;
        for (var i = 0; i < 6; i++)
        {
            if (await ProgressAsync(library, $"{i}") is { } progress)
            {
                children++;
                Assert.Equal((true, 0), (progress.Paused, progress.InFlight));
            }
        }
        Assert.Equal(4, children);
        Assert.InRange(paused.Images.Rendered, 20, 239);
        Assert.Equal(library.Renderer.Rendered, paused.Images.Rendered);

        library.Renderer.Open();
        await scan.SignalAsync(workflow => workflow.ResumeAsync());
        var result = await scan.GetResultAsync();
        Assert.Equal((240, 240), (result.Images.Total, result.Images.Rendered));
        Assert.Equal(240, library.Renderer.Rendered);
        await library.AssertHistoriesReplayAsync();
    }

    [Fact]
    public async Task Pause_WithManyBatchesInFlight_StopsWithinThePicturesInWork()
    {
        const int Collections = 12;
        const int Buffers = 4;
        await using var library = await TestLibrary.CreateAsync(engine, new TestLibraryOptions { Concurrency = Collections });
        for (var i = 0; i < Collections; i++)
        {
            library.AddPictures($"{i}", 100);
        }
        library.Renderer.Close(permitted: 0);
        var scan = await library.StartScanAsync();
        await library.JobWhenAsync(scan.FirstExecutionRunId!, job => library.Renderer.Held == 2 && job.Images.Total == 100 * Collections);
        await scan.SignalAsync(workflow => workflow.PauseAsync());
        // Although no picture gets anywhere, all are told, and those stop that wait for a buffer.
        await Eventually.HoldsAsync(async () =>
        {
            var children = await Task.WhenAll(Enumerable.Range(0, Collections).Select(i => ProgressAsync(library, $"{i}")));
            return children.Count(child => child is { Paused: true, InFlight: 0 }) >= Collections - Buffers;
        });
        library.Renderer.Open();
        var paused = await library.JobWhenAsync(scan.FirstExecutionRunId!, job => job.State == JobState.Paused);

        Assert.InRange(library.Renderer.Rendered, 2, Buffers * RunLimits.BatchImages);
        Assert.Equal(library.Renderer.Rendered, paused.Images.Rendered);
        await scan.CancelAsync();
        await Assert.ThrowsAsync<WorkflowFailedException>(() => scan.GetResultAsync());
        await library.AssertHistoriesReplayAsync();
    }

    [Fact]
    public async Task Pause_BeforeRemoval_HoldsIt()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 3);
        await library.ScanAsync();
        File.Delete(Path.Combine(library.Root, "a/0.png"));
        library.AddPicture("a/1.png", seed: 1);
        library.Renderer.Close(permitted: 0);
        var scan = await library.StartScanAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(library.Renderer.Held == 1));
        await scan.SignalAsync(workflow => workflow.PauseAsync());
        await library.JobWhenAsync(scan.FirstExecutionRunId!, job => job.State == JobState.Pausing);
        library.Renderer.Open();

        var paused = await library.JobWhenAsync(scan.FirstExecutionRunId!, job => job.State == JobState.Paused);
        Assert.Equal((1, 0), (paused.Images.Rendered, paused.Images.Removed));
        Assert.Equal(3, (await library.Store.GetLibraryAsync(library.Id))!.ImageCount);

        await scan.SignalAsync(workflow => workflow.ResumeAsync());
        var result = await scan.GetResultAsync();
        Assert.Equal(1, result.Images.Removed);
        Assert.Equal(2, (await library.Store.GetLibraryAsync(library.Id))!.ImageCount);
        await library.AssertHistoriesReplayAsync();
    }

    [Fact]
    public async Task Cancel_WhilePaused_EndsTheJobAndKeepsWhatIsDone()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 60);
        library.AddPictures("b", 60);
        library.Renderer.Close(permitted: 10);
        var scan = await library.StartScanAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(library.Renderer.Rendered == 10));
        await scan.SignalAsync(workflow => workflow.PauseAsync());
        library.Renderer.Open();
        await library.JobWhenAsync(scan.FirstExecutionRunId!, job => job.State == JobState.Paused);
        await scan.CancelAsync();

        await Assert.ThrowsAsync<WorkflowFailedException>(() => scan.GetResultAsync());
        var cancelled = await library.JobAsync(scan.FirstExecutionRunId!);
        Assert.Equal(JobState.Cancelled, cancelled.State);
        var next = await library.ScanAsync();
        Assert.Equal(120, library.Renderer.Rendered);
        Assert.Equal(120, cancelled.Images.Rendered + next.Images.Rendered);
        await library.AssertHistoriesReplayAsync();
    }

    [Fact]
    public async Task Cancel_WhileRendering_FinishesThePicturesInFlightAndRecordsThem()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 120);
        library.Renderer.Close(permitted: 10);
        var scan = await library.StartScanAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(library.Renderer.Rendered == 10));
        await scan.CancelAsync();
        await library.JobWhenAsync(scan.FirstExecutionRunId!, job => job.State == JobState.Cancelling);
        library.Renderer.Open();

        await Assert.ThrowsAsync<WorkflowFailedException>(() => scan.GetResultAsync());
        var cancelled = await library.JobAsync(scan.FirstExecutionRunId!);
        Assert.Equal(JobState.Cancelled, cancelled.State);
        Assert.InRange(cancelled.Images.Rendered, 10, 119);
        Assert.Equal(library.Renderer.Rendered, cancelled.Images.Rendered);
        Assert.Equal(2 * cancelled.Images.Rendered, library.CountFiles());
        await library.AssertHistoriesReplayAsync();
    }

    [Fact]
    public async Task Cancel_WhilePicturesWaitForMemory_EndsTheJobBeforeThereIsSome()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 20);
        using var taken = library.TakeMemory();
        var scan = await library.StartScanAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(library.Renderer.Estimated > 0));
        await scan.CancelAsync();

        await Assert.ThrowsAsync<WorkflowFailedException>(() => scan.GetResultAsync()).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(JobState.Cancelled, (await library.JobAsync(scan.FirstExecutionRunId!)).State);
        Assert.Equal(0, library.Renderer.Rendered);
        await library.AssertHistoriesReplayAsync();
    }

    [Fact]
    public async Task Cancel_WhileWaiting_EndsTheJob()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 2);
        await library.ScanAsync();
        Directory.Move(library.Root, library.Root + "-away");
        var scan = await library.StartScanAsync();
        await library.JobWhenAsync(scan.FirstExecutionRunId!, job => job.State == JobState.Waiting);
        await scan.CancelAsync();

        await Assert.ThrowsAsync<WorkflowFailedException>(() => scan.GetResultAsync());
        Assert.Equal(JobState.Cancelled, (await library.JobAsync(scan.FirstExecutionRunId!)).State);
        Assert.Equal(2, (await library.Store.GetLibraryAsync(library.Id))!.ImageCount);
        await library.AssertHistoriesReplayAsync();
    }

    [Fact]
    public async Task SetConcurrency_WhileRunning_ChangesTheWindow()
    {
        await using var library = await TestLibrary.CreateAsync(engine, new TestLibraryOptions { Concurrency = 2, Workers = 8 });
        for (var i = 0; i < 8; i++)
        {
            library.AddPictures($"{i}", 1);
        }
        library.Renderer.Close(permitted: 0);
        var scan = await library.StartScanAsync();
        await Eventually.HoldsAsync(async () => (await scan.QueryAsync(workflow => workflow.GetProgress())).InFlight == 2);

        await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => scan.ExecuteUpdateAsync(workflow => workflow.SetConcurrencyAsync(65)));
        await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => scan.ExecuteUpdateAsync(workflow => workflow.SetConcurrencyAsync(0)));
        Assert.Equal(2, await scan.ExecuteUpdateAsync(workflow => workflow.SetConcurrencyAsync(5)));
        await Eventually.HoldsAsync(async () => (await scan.QueryAsync(workflow => workflow.GetProgress())).InFlight == 5);

        library.Renderer.Open();
        Assert.Equal(8, (await scan.GetResultAsync()).Images.Rendered);
        await library.AssertHistoriesReplayAsync();
    }

    [Fact]
    public async Task Scan_InTheMidstOfALargeCollection_ShowsHowFarItIs()
    {
        const int before = 12 * RunLimits.BatchImages;
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("large", 2 * before);
        library.Renderer.Close(permitted: before);
        var scan = await library.StartScanAsync();

        await Eventually.HoldsAsync(async () => (await scan.QueryAsync(workflow => workflow.GetProgress())).Images.Done > 0);
        var images = (await scan.QueryAsync(workflow => workflow.GetProgress())).Images;
        Assert.InRange(images.Rendered, before / 2, before);
        await Eventually.HoldsAsync(async () => await TestLibrary.PercentAsync(scan) > 0);
        Assert.InRange(await TestLibrary.PercentAsync(scan), 20, 50);

        library.Renderer.Open();
        Assert.Equal(2 * before, (await scan.GetResultAsync()).Images.Rendered);
        await Eventually.HoldsAsync(async () => await TestLibrary.PercentAsync(scan) == 100);
        await library.AssertHistoriesReplayAsync();
    }

    private static async Task<JobProgress?> ProgressAsync(TestLibrary library, string collection)
    {
        try
        {
            return await library.Client.GetWorkflowHandle<ICollectionProcessing>(WorkflowIds.Collection(library.CollectionId(collection)))
                .QueryAsync(workflow => workflow.GetProgress());
        }
        catch (RpcException fault) when (fault.Code == RpcException.StatusCode.NotFound)
        {
            return null;
        }
    }
}
