using ImageLibrary.Core;
using ImageLibrary.Tests.Workflows.Support;
using ImageLibrary.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Common;
using Xunit;

namespace ImageLibrary.Tests.Workflows.Scanning;

/// <summary>How discovery and rendering share a scan.</summary>
public sealed class DiscoveryTests(EmbeddedEngine engine)
{
    private const int Page = 200;

    [Fact]
    public async Task Scan_OfManyCollections_RendersTheFirstPageBeforeItFindsTheNext()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        for (var i = 0; i < Page + 30; i++)
        {
            library.AddPictures($"{i}", 1);
        }
        library.Renderer.Close(permitted: 10);
        var scan = await library.StartScanAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(library.Renderer.Rendered == 10));
        var early = await scan.QueryAsync(workflow => workflow.GetProgress());
        library.Renderer.Open();
        var result = await scan.GetResultAsync();

        Assert.Equal(("discovering", Page), (early.Stage, early.Collections.Total));
        Assert.Equal(new CollectionCounts(Page + 30, Page + 30, 0), result.Collections);
        foreach (var history in await Histories.OfChainAsync(library.Client, WorkflowIds.LibraryScan(library.Id)))
        {
            Assert.Equal(4, MostChildrenAtOnce(history));
        }
    }

    [Fact]
    public async Task Scan_OfFolderThatTakesLongToList_ListsItOnceForAllPages()
    {
        await using var library = await TestLibrary.CreateAsync(engine);
        for (var i = 0; i < Page + 30; i++)
        {
            library.AddArchive($"{i}.zip", "1.png");
        }
        // The whole time of a page goes by before its first step.
        library.Archives.NameTime = TimeSpan.FromMilliseconds(5);
        var scan = await library.ScanAsync();

        Assert.Equal(Page + 30, scan.Images.Rendered);
        Assert.Equal(Page + 30, library.Archives.ArchiveNamesSeen);
        var run = (await Histories.OfChainAsync(library.Client, WorkflowIds.LibraryScan(library.Id)))[0];
        Assert.InRange(
            run.Events.Count(item => item.ActivityTaskScheduledEventAttributes?.ActivityType.Name == "DiscoverCollections"), 2, 10);
    }

    private static int MostChildrenAtOnce(WorkflowHistory history)
    {
        var open = 0;
        var most = 0;
        foreach (var item in history.Events)
        {
            open += item.EventType switch
            {
                EventType.StartChildWorkflowExecutionInitiated => 1,
                EventType.ChildWorkflowExecutionCompleted => -1,
                _ => 0,
            };
            most = Math.Max(most, open);
        }
        return most;
    }
}
