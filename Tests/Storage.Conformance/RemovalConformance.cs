using ImageLibrary.Core;
using Xunit;

namespace ImageLibrary.Tests.Storage.Conformance;

/// <summary>Soft removal of what a job did not find any more.</summary>
public abstract class RemovalConformance(IStoreHarness harness) : StoreConformance(harness)
{
    private const string NextJob = "job-2";

    [Fact]
    public async Task ApplyRemovals_InSteps_RemovesUnseenAndCandidatesOnce()
    {
        await FillAsync(5, "gone", "kept", "kept/gone");
        await DiscoverAsync(NextJob, "kept");
        var kept = Samples.CollectionId("kept");
        await PlanAsync(NextJob, kept, 1, Samples.Ready(kept, "1.jpg") with { RemovalCandidateJobId = NextJob });
        var scope = new RemovalScope(Samples.LibraryId, NextJob, "", true, []);
        Assert.Equal(new RemovalStep(4, false), await Store.ApplyRemovalsAsync(scope, 4));
        Assert.Equal(new RemovalStep(8, false), await Store.ApplyRemovalsAsync(scope, 4));
        Assert.Equal(new RemovalStep(11, true), await Store.ApplyRemovalsAsync(scope, 4));
        Assert.Equal(new RemovalStep(11, true), await Store.ApplyRemovalsAsync(scope, 4));
        var removed = (await Store.GetImageAsync(StableId.ForImage(Samples.CollectionId("gone"), "0.jpg")))!;
        Assert.Equal((ImageState.Removed, NextJob, (DateTimeOffset?)Time.GetUtcNow(), 2), (removed.State, removed.RemovedByJobId, removed.RemovedAt, removed.Derivatives.Count));
        var library = (await Store.GetLibraryAsync(Samples.LibraryId))!;
        Assert.Equal((4, 1), (library.ImageCount, library.CollectionCount));
        Assert.Equal("kept", Assert.Single((await Store.ListCollectionsAsync(new CollectionQuery(), new PageRequest())).Items).Path);
        Assert.Empty((await Store.ListImagesAsync(Samples.CollectionId("gone"), new PageRequest())).Items);
    }

    [Fact]
    public async Task ApplyRemovals_ScopeAndProtectedPaths_AreKept()
    {
        await FillAsync(1, "in/gone", "in/unreadable", "in/unreadable/deep", "in/unreadable2", "inside", "out", "in");
        var scope = new RemovalScope(Samples.LibraryId, NextJob, "in", true, ["in/unreadable"]);
        Assert.Equal(new RemovalStep(3, true), await Store.ApplyRemovalsAsync(scope, 100));
        Assert.Equal(
            ["in/unreadable", "in/unreadable/deep", "inside", "out"],
            (await Store.ListCollectionsAsync(new CollectionQuery(), new PageRequest())).Items.Select(collection => collection.Path));
    }

    [Fact]
    public async Task ApplyRemovals_CandidatesOutOfScopeOrProtected_AreKept()
    {
        await FillAsync(2, "a", "b", "c");
        foreach (var path in new[] { "a", "b", "c" })
        {
            var id = Samples.CollectionId(path);
            await PlanAsync(NextJob, id, 1, Samples.Ready(id, "0.jpg") with { RemovalCandidateJobId = NextJob });
        }
        Assert.Equal(new RemovalStep(1, true), await Store.ApplyRemovalsAsync(new RemovalScope(Samples.LibraryId, NextJob, "a", false, []), 10));
        Assert.Equal(new RemovalStep(2, true), await Store.ApplyRemovalsAsync(new RemovalScope(Samples.LibraryId, NextJob, "", false, ["b"]), 10));
        Assert.Equal(4, (await Store.GetLibraryAsync(Samples.LibraryId))!.ImageCount);
    }

    [Fact]
    public async Task ApplyRemovals_ProtectedRoot_RemovesNothing()
    {
        await FillAsync(1, "", "a");
        Assert.Equal(new RemovalStep(0, true), await Store.ApplyRemovalsAsync(new RemovalScope(Samples.LibraryId, NextJob, "", true, [""]), 10));
    }

    [Fact]
    public async Task ApplyRemovals_BrokenArchiveThatIsGone_IsNotListedAnyMore()
    {
        var collection = (await DiscoverAsync(JobId, "broken.zip"))[0];
        await Store.SetCollectionPlannedAsync(collection.Id, "f", "r", ImageFailure.Of(FailureClass.Corrupt));
        Assert.Equal(new RemovalStep(0, true), await Store.ApplyRemovalsAsync(new RemovalScope(Samples.LibraryId, NextJob, "", true, []), 10));
        Assert.Empty((await Store.ListCollectionsAsync(new CollectionQuery(), new PageRequest())).Items);
        Assert.Null((await Store.GetCollectionAsync(collection.Id))!.ListingFingerprint);
    }

    [Fact]
    public async Task ApplyRemovals_LaterFoundToHaveMoved_IsNotCountedAsRemoved()
    {
        await FillAsync(2, "a");
        var scope = new RemovalScope(Samples.LibraryId, NextJob, "", true, []);
        var target = (await DiscoverAsync(NextJob, "b"))[0].Id;
        Assert.Equal(new RemovalStep(2, true), await Store.ApplyRemovalsAsync(scope, 10));
        var former = StableId.ForImage(Samples.CollectionId("a"), "0.jpg");
        await Store.RecordBatchAsync(new BatchRecord
        {
            JobId = NextJob,
            CollectionId = target,
            Lane = 1,
            BatchNumber = 1,
            Counts = new ScanCounts(),
            Images = [Samples.Ready(target, "0.jpg")],
            MovedFromImageIds = [former],
        });
        Assert.Equal(new RemovalStep(1, true), await Store.ApplyRemovalsAsync(scope, 10));
    }

    [Fact]
    public async Task Removed_FoundAgain_CountsAgain()
    {
        await FillAsync(1, "a");
        await Store.ApplyRemovalsAsync(new RemovalScope(Samples.LibraryId, NextJob, "", true, []), 10);
        var collection = (await DiscoverAsync("job-3", "a"))[0];
        Assert.Equal((0, null), (collection.ImageCount, collection.CoverImageId));
        await PlanAsync("job-3", collection.Id, 1, Samples.Ready(collection.Id, "0.jpg"));
        var restored = (await Store.GetCollectionAsync(collection.Id))!;
        Assert.Equal((1, StableId.ForImage(collection.Id, "0.jpg")), (restored.ImageCount, restored.CoverImageId));
        Assert.Equal(1, (await Store.GetLibraryAsync(Samples.LibraryId))!.CollectionCount);
    }

    private async Task FillAsync(int images, params string[] paths)
    {
        foreach (var collection in await DiscoverAsync(JobId, paths))
        {
            await PlanAsync(JobId, collection.Id, 1, [.. Enumerable.Range(0, images).Select(number => Samples.Ready(collection.Id, $"{number}.jpg"))]);
        }
    }
}
