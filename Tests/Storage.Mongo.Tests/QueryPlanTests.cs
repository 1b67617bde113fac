using ImageLibrary.Core;
using ImageLibrary.Tests.Storage.Conformance;
using Xunit;

namespace ImageLibrary.Tests.Storage.Mongo;

/// <summary>What the server does for the very queries that the store sends: which index each walks, and how many documents it reads.</summary>
public sealed class QueryPlanTests(FilledStore filled) : IClassFixture<FilledStore>
{
    private const int PageLimit = 10;
    private static readonly PageRequest Page = new(PageLimit);

    [Fact]
    public async Task Images_ReadInEachWay_AreFoundByIndex()
    {
        await filled.AssertPlansAsync(["images 1"], store => store.GetImageAsync(filled.Images[700].Id));
        await filled.AssertPlansAsync(["images 1"], store => store.GetImagesAsync([.. filled.Images.Skip(100).Take(5).Select(image => image.Id)]));
        await filled.AssertPlansAsync(["segments 0", "_id_ 2"], store => store.ListImagesAsync(filled.Collection, Page));
        await filled.AssertPlansAsync(["segments 0", "_id_ 1"], store => store.ReadRangeAsync(filled.Collection, filled.Images[10].SortKey, filled.Images[30].SortKey, 100));
        await filled.AssertPlansAsync(
            ["segments 0", "_id_ 1"], store => store.ListPlannedAsync(FilledStore.JobId, filled.Collection, new SortKeyRange(filled.Images[800].SortKey, filled.Images[849].SortKey)));
        await filled.AssertPlansAsync(["content 2", "_id_ 2"], store => store.FindByContentAsync(Samples.LibraryId, ["hash of c005", "hash of c006", "hash of none"]));
    }

    [Theory]
    [InlineData(CollectionSort.Path, null, "path 11", "segments 0")]
    [InlineData(CollectionSort.Path, Samples.LibraryId, "library_path 11", "segments 0")]
    [InlineData(CollectionSort.Name, null, "name 11", "segments 0")]
    [InlineData(CollectionSort.Name, Samples.LibraryId, "library_name 11", "segments 0")]
    // The newest hold no image, so that more and more of them are asked for: 11, 22, 44, 88.
    [InlineData(CollectionSort.Added, null, "added 11", "segments 0", "added 22", "segments 0", "added 44", "segments 0", "added 88", "segments 0", "added 135", "segments 0")]
    [InlineData(CollectionSort.Added, "other", "library_added 0", "segments 0")]
    public async Task Collections_InEachOrder_AreFoundByIndex(CollectionSort sort, string? library, params string[] expected) =>
        await filled.AssertPlansAsync(expected, store => store.ListCollectionsAsync(new CollectionQuery { Sort = sort, LibraryId = library }, Page));

    [Fact]
    public async Task CollectionsAndLibraries_ReadInEachWay_AreFoundByIndex()
    {
        await filled.AssertPlansAsync(["segments 0", "_id_ 1"], store => store.GetCollectionAsync(filled.Collection));
        await filled.AssertPlansAsync(["words 10", "words 10", "segments 0"], store => store.ListCollectionsAsync(new CollectionQuery { Search = "c01" }, Page));
        await filled.AssertPlansAsync(["_id_ 1", "library_added segments 10"], store => store.ListAllCollectionsAsync(Samples.LibraryId, filled.Collection, PageLimit));
        await filled.AssertPlansAsync(["library_path segments 10"], store => store.ListRemainingCollectionsAsync(Samples.LibraryId, PageLimit));
        await filled.AssertPlansAsync(["library_sums 0", "library_sums 0", "library_scans 1"], store => store.GetLibraryAsync(Samples.LibraryId));
        await filled.AssertPlansAsync(["library_sums 0", "library_sums 0", "library_scans 1"], store => store.ListLibrariesAsync(Page));
        await filled.AssertPlansAsync(["library_sums 0"], store => store.SumDerivativesAsync());
    }

    [Fact]
    public async Task Jobs_ReadInEachWay_AreFoundByIndex()
    {
        await filled.AssertPlansAsync(["_id_ 1"], store => store.GetJobAsync(FilledStore.JobId));
        await filled.AssertPlansAsync(["workflow_jobs 1"], store => store.GetNewestJobAsync($"library-scan/{Samples.LibraryId}"));
        await filled.AssertPlansAsync(["jobs 11"], store => store.ListJobsAsync(new JobQuery(), Page));
        await filled.AssertPlansAsync(["_id_ 0"], store => store.ListFailuresAsync(FilledStore.JobId, Page));
        await filled.AssertPlansAsync(["_id_ 2"], store => store.GetLaneAsync(FilledStore.JobId, filled.Collection, 1));
        // All of them were changed a moment ago.
        await filled.AssertPlansAsync(["changed_jobs 1", $"changed_jobs job_tags open_jobs {FilledStore.Jobs}"], store => store.ListJobChangesAsync(null));
    }
}
