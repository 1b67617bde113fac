using ImageLibrary.Core;
using ImageLibrary.Tests.Workflows.Support;
using ImageLibrary.Workflows;
using Temporalio.Client;
using Xunit;

namespace ImageLibrary.Tests.Workflows.Collections;

public sealed class CollectionLockOnEmbeddedEngineTests(EmbeddedEngine engine) : CollectionLockSuite(engine);

[Collection(OfficialServer.Name)]
public sealed class CollectionLockOnOfficialServerTests(OfficialServer server) : CollectionLockSuite(server);

/// <summary>A collection is in work once at a time, whoever has started that.</summary>
public abstract class CollectionLockSuite(IEngine engine)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Scan_CollectionInWorkByHand_WaitsForItAndCountsOnlyItsOwn()
    {
        await using var library = await TestLibrary.CreateAsync(engine, new TestLibraryOptions { Concurrency = 2 });
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            library.AddPictures(name, 3);
        }
        await library.ScanAsync();
        var byHand = new CollectionProcessingInput { CollectionId = library.CollectionId("a"), OverwriteExisting = true, Paused = true };
        var holder = await library.Client.StartWorkflowAsync(
            (ICollectionProcessing workflow) => workflow.RunAsync(byHand), CollectionScanStart.Options(byHand, "a"));
        await library.JobWhenAsync(holder.FirstExecutionRunId!, job => job.State == JobState.Paused);

        var scan = await library.StartScanAsync(new LibraryScanInput { OverwriteExisting = true });
        // The others pass by: a collection starts as soon as one ends, and not when a group of them has ended.
        await library.JobWhenAsync(scan.FirstExecutionRunId!, job => job.Images.Rendered == 9);
        var waiting = await library.RetryAsync(WorkflowIds.LibraryScan(library.Id), "AwaitCollection", attempt: 2);
        var delay = waiting.NextAttemptScheduleTime.ToDateTime() - waiting.LastAttemptCompleteTime.ToDateTime();
        Assert.InRange(delay, RetryDelay, RetryDelay + TimeSpan.FromSeconds(0.5));
        await holder.SignalAsync(workflow => workflow.ResumeAsync());

        Assert.Equal(3, (await holder.GetResultAsync()).Counts.Rendered);
        var result = await scan.GetResultAsync();
        Assert.Equal((12, 12), (result.Images.Total, result.Images.Rendered));
        Assert.Equal(3, (await library.JobAsync(holder.FirstExecutionRunId!)).Images.Rendered);
        Assert.Equal(24, library.CountFiles());
        await library.AssertHistoriesReplayAsync();
    }
}
