using ImageLibrary.Core;
using ImageLibrary.Tests.Workflows.Support;
using ImageLibrary.Workflows;
using Temporalio.Client;
using Xunit;

namespace ImageLibrary.Tests.Workflows.Collections;

public sealed class ContinueAsNewOnEmbeddedEngineTests(EmbeddedEngine engine) : ContinueAsNewSuite(engine);

[Collection(OfficialServer.Name)]
public sealed class ContinueAsNewOnOfficialServerTests(OfficialServer server) : ContinueAsNewSuite(server);

/// <summary>Runs that hand over to the next lose and repeat nothing; a low limit of events makes them do so early.</summary>
public abstract class ContinueAsNewSuite(IEngine engine)
{
    [Fact]
    public async Task Scan_LowEventLimit_ContinuesAsNewAndCountsExactly()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        for (var i = 0; i < 12; i++)
        {
            library.AddPicture($"{i}/1.png");
        }
        library.AddPictures("big", 330);

        var job = await library.ScanAsync(new LibraryScanInput { EventLimit = 25 });

        var newest = await library.Client.GetWorkflowHandle(WorkflowIds.LibraryScan(library.Id)).DescribeAsync();
        Assert.NotEqual(job.Id, newest.RunId);
        Assert.Equal(JobState.Completed, job.State);
        Assert.Equal((342, 342), (job.Images.Total, job.Images.Rendered));
        Assert.Equal(new CollectionCounts(13, 13, 0), job.Collections);
        var big = await Histories.OfChainAsync(library.Client, WorkflowIds.Collection(library.CollectionId("big")));
        Assert.True(big.Count > 1, "the big collection has gone on in a new run as well");
        await library.AssertHistoriesReplayAsync();
    }

    [Fact]
    public async Task CollectionScan_LowEventLimit_ContinuesAsNewAndRemovesWhatIsGone()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        library.AddPictures("a", 210);
        library.AddPictures("b", 1);
        await library.ScanAsync();
        File.Delete(Path.Combine(library.Root, "a/0.png"));
        File.Delete(Path.Combine(library.Root, "b/0.png"));
        var input = new CollectionProcessingInput { CollectionId = library.CollectionId("a"), OverwriteExisting = true, EventLimit = 15 };
        var scan = await library.Client.StartWorkflowAsync(
            (ICollectionProcessing workflow) => workflow.RunAsync(input), CollectionScanStart.Options(input, "a"));
        var result = await scan.GetResultAsync();

        var chain = await Histories.OfChainAsync(library.Client, WorkflowIds.Collection(input.CollectionId));
        Assert.True(chain.Count > 1, "the collection has gone on in a new run");
        var job = await library.JobAsync(scan.FirstExecutionRunId!);
        Assert.Equal((209, 209, 1), (result.Counts.Total, result.Counts.Rendered, result.Counts.Removed));
        Assert.Equal((JobState.Completed, 209, 1), (job.State, job.Images.Rendered, job.Images.Removed));
        await Eventually.HoldsAsync(async () => await TestLibrary.PercentAsync(library.Client.GetWorkflowHandle(scan.Id)) == 100);
        await Histories.AssertReplayAsync(chain);
    }
}
