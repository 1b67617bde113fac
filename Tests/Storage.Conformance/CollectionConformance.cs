using ImageLibrary.Core;
using Xunit;

namespace ImageLibrary.Tests.Storage.Conformance;

/// <summary>Collections: discovery, lists, search, covers.</summary>
public abstract class CollectionConformance(IStoreHarness harness) : StoreConformance(harness)
{
    [Fact]
    public async Task UpsertDiscovered_Twice_KeepsIdsAndState()
    {
        var first = await DiscoverAsync(JobId, "b", "", "a/x.zip");
        Assert.Equal(["b", "", "a/x.zip"], first.Select(collection => collection.Path));
        Assert.Equal(first.Select(collection => Samples.CollectionId(collection.Path)), first.Select(collection => collection.Id));
        Assert.Equal([CollectionKind.Folder, CollectionKind.Folder, CollectionKind.Archive], first.Select(collection => collection.Kind));
        await Store.SetCollectionPlannedAsync(first[0].Id, "listing", "recipe", null);
        var second = await DiscoverAsync("job-2", "b", "new");
        Equal.Values(first[0] with { ListingFingerprint = "listing", RecipeFingerprint = "recipe", LastSeenJobId = "job-2" }, second[0]);
        Equal.Values(second[0], await Store.GetCollectionAsync(second[0].Id));
        Assert.Equal(JobId, (await Store.GetCollectionAsync(first[1].Id))!.LastSeenJobId);
    }

    [Fact]
    public async Task UpsertDiscovered_OtherNameAndKind_AreTakenOver()
    {
        var collection = (await DiscoverAsync(JobId, "x"))[0];
        await PlanAsync(JobId, collection.Id, 1, Samples.Ready(collection.Id, "1.jpg"));
        var changed = (await Store.UpsertDiscoveredAsync(Samples.LibraryId, JobId, [new DiscoveredCollection("x", "Renamed", CollectionKind.Archive)]))[0];
        Assert.Equal(("Renamed", CollectionKind.Archive, 1L), (changed.Name, changed.Kind, changed.ImageCount));
        Assert.Single(await SearchAsync("renamed"));
    }

    [Fact]
    public async Task UpsertDiscovered_Unchanged_WritesOneTransactionAndNoImage()
    {
        string[] paths = [.. Enumerable.Range(0, 1_000).Select(number => $"folder {number}")];
        await DiscoverAsync(JobId, paths);
        var (transactions, images) = (Harness.WriteTransactions(Store), Harness.ImageWrites(Store));
        await DiscoverAsync("job-2", paths);
        Assert.Equal(transactions + 1, Harness.WriteTransactions(Store));
        Assert.Equal(images, Harness.ImageWrites(Store));
    }

    [Fact]
    public async Task SetCollectionPlanned_Failure_MakesEmptyCollectionVisible()
    {
        var collection = (await DiscoverAsync(JobId, "broken.zip"))[0];
        Assert.Empty((await Store.ListCollectionsAsync(new CollectionQuery(), new PageRequest())).Items);
        var failure = ImageFailure.Of(FailureClass.Encrypted);
        await Store.SetCollectionPlannedAsync(collection.Id, null, null, failure);
        Equal.Values(failure, Assert.Single((await Store.ListCollectionsAsync(new CollectionQuery(), new PageRequest())).Items).Failure);
        await Store.SetCollectionPlannedAsync(collection.Id, "f", "r", null);
        Assert.Empty((await Store.ListCollectionsAsync(new CollectionQuery(), new PageRequest())).Items);
    }

    [Fact]
    public async Task ListCollections_WithoutEmptyOnes_IsCompleteByPages()
    {
        await FillAsync("1", "5");
        foreach (var (path, failure) in new[]
        {
            ("2.zip", FailureClass.Empty), ("3.zip", FailureClass.Corrupt), ("4.zip", FailureClass.Empty), ("5", FailureClass.Empty),
        })
        {
            var collection = (await DiscoverAsync(JobId, path))[0];
            await Store.SetCollectionPlannedAsync(collection.Id, null, null, ImageFailure.Of(failure));
        }
        foreach (var limit in new[] { 1, 2, 3, 100 })
        {
            foreach (var sort in new[] { CollectionSort.Path, CollectionSort.Name })
            {
                var query = new CollectionQuery(Samples.LibraryId, null, sort);
                Assert.Equal(["1", "2.zip", "3.zip", "4.zip", "5"], await PathsAsync(query, limit));
                Assert.Equal(["1", "3.zip", "5"], await PathsAsync(query with { LeaveOutEmpty = true }, limit));
            }
        }
        Assert.Empty(await PathsAsync(new CollectionQuery(Search: "4", LeaveOutEmpty: true), 1));

        async Task<IEnumerable<string>> PathsAsync(CollectionQuery query, int limit) =>
            (await AllAsync(page => Store.ListCollectionsAsync(query, page), limit)).Select(collection => collection.Path);
    }

    [Theory]
    [InlineData(CollectionSort.Path, "2,10,a,a/1,a b")]
    [InlineData(CollectionSort.Name, "a/1,2,10,a,a b")]
    [InlineData(CollectionSort.Added, "10,2,a,a/1,a b")]
    public async Task ListCollections_EachOrder_IsCompleteByPages(CollectionSort sort, string expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        await FillAsync("a b", "a/1", "a", "2", "10");
        foreach (var limit in new[] { 1, 2, 5, 1_000 })
        {
            foreach (var library in new[] { null, Samples.LibraryId })
            {
                var found = await AllAsync(page => Store.ListCollectionsAsync(new CollectionQuery(library, null, sort), page), limit);
                Assert.Equal(expected.Split(','), found.Select(collection => collection.Path));
            }
        }
        Assert.Empty((await Store.ListCollectionsAsync(new CollectionQuery("unknown"), new PageRequest())).Items);
    }

    [Fact]
    public async Task ListCollections_CursorOfAnotherOrder_IsRefused()
    {
        await FillAsync("a", "b");
        var page = await Store.ListCollectionsAsync(new CollectionQuery(), new PageRequest(1));
        await Assert.ThrowsAsync<InvalidCursorException>(
            () => Store.ListCollectionsAsync(new CollectionQuery(Sort: CollectionSort.Name), new PageRequest(1, page.NextCursor)));
    }

    [Theory]
    [InlineData("holi", "2024/Holiday_in-Rome")]
    [InlineData("ROME 2024", "2024/Holiday_in-Rome")]
    [InlineData("day", "")]
    [InlineData("rome paris", "")]
    [InlineData("über", "ÜBER/straße 7")]
    [InlineData("Straße 7", "ÜBER/straße 7")]
    [InlineData("写", "写真/𠮷野")]
    [InlineData("𠮷", "写真/𠮷野")]
    [InlineData("%", "2024/Holiday_in-Rome,ÜBER/straße 7,写真/𠮷野")]
    public async Task ListCollections_Search_FindsPrefixesOfWords(string search, string expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        await FillAsync("2024/Holiday_in-Rome", "ÜBER/straße 7", "写真/𠮷野");
        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries), await SearchAsync(search));
    }

    [Fact]
    public async Task ListCollections_SearchForCommonWord_IsCompleteByPages()
    {
        string[] paths = [.. Enumerable.Range(1, 1_150).Select(number => $"album {number}")];
        foreach (var chunk in paths.Chunk(500))
        {
            await FillAsync(chunk);
        }
        var found = await AllAsync(
            page => Store.ListCollectionsAsync(new CollectionQuery(Samples.LibraryId, "albu"), page), 500);
        Assert.Equal(paths, found.Select(collection => collection.Path));
        Assert.Equal(
            ["album 10", .. Enumerable.Range(100, 10).Select(number => $"album {number}"), .. Enumerable.Range(1_000, 100).Select(number => $"album {number}")],
            (await AllAsync(page => Store.ListCollectionsAsync(new CollectionQuery(null, "album 10"), page), 7)).Select(collection => collection.Path));
    }

    [Fact]
    public async Task Cover_IsFirstShownImage()
    {
        var collection = (await DiscoverAsync(JobId, "a"))[0];
        ImageRecord Shown(string path) => Samples.Ready(collection.Id, path);
        await PlanAsync(JobId, collection.Id, 1, Samples.Pending(collection.Id, "1.jpg"), Samples.Failed(collection.Id, "2.jpg"), Shown("10.jpg"), Shown("9.jpg"));
        await ExpectCoverAsync("9.jpg");
        await BatchAsync(JobId, collection.Id, 1, 1, Shown("1.jpg"));
        await ExpectCoverAsync("1.jpg");
        await BatchAsync(JobId, collection.Id, 1, 2, Samples.Failed(collection.Id, "1.jpg"), Samples.Failed(collection.Id, "9.jpg"));
        await ExpectCoverAsync("10.jpg");
        await BatchAsync(JobId, collection.Id, 1, 3, Samples.Failed(collection.Id, "10.jpg"));
        await ExpectCoverAsync(null);

        async Task ExpectCoverAsync(string? path) => Assert.Equal(
            path is null ? null : StableId.ForImage(collection.Id, path), (await Store.GetCollectionAsync(collection.Id))!.CoverImageId);
    }

    [Fact]
    public async Task IncompleteCount_CountsWhatWaitsFailedOrLacksADerivative()
    {
        var collection = (await DiscoverAsync(JobId, "a"))[0];
        var ready = Samples.Ready(collection.Id, "1.jpg");
        await PlanAsync(
            JobId, collection.Id, 1,
            ready,
            Samples.Pending(collection.Id, "2.jpg"),
            Samples.Failed(collection.Id, "3.jpg"),
            Samples.Ready(collection.Id, "4.jpg") with { PlannedByJobId = JobId },
            Samples.Ready(collection.Id, "5.jpg") with { Derivatives = [ready.Derivatives[0]] },
            Samples.Failed(collection.Id, "6.jpg") with { State = ImageState.Quarantined },
            Samples.Ready(collection.Id, "7.jpg") with { State = ImageState.Removed });
        var read = (await Store.GetCollectionAsync(collection.Id))!;
        Assert.Equal((6, 4), (read.ImageCount, read.IncompleteCount));
    }

    private async Task FillAsync(params string[] paths)
    {
        await Parallel.ForEachAsync(await DiscoverAsync(JobId, paths), async (collection, _) =>
            await PlanAsync(JobId, collection.Id, 1, Samples.Ready(collection.Id, "1.jpg")));
    }

    private async Task<IEnumerable<string>> SearchAsync(string search) =>
        (await Store.ListCollectionsAsync(new CollectionQuery(Search: search), new PageRequest())).Items.Select(collection => collection.Path);
}
