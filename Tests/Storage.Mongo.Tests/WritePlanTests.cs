using ImageLibrary.Core;
using ImageLibrary.Tests.Storage.Conformance;
using Xunit;

namespace ImageLibrary.Tests.Storage.Mongo;

/// <summary>Which index each write of the store walks for the documents that it changes.</summary>
public sealed class WritePlanTests(FilledStore filled) : IClassFixture<FilledStore>
{
    [Fact]
    public async Task Writes_OfEachKind_FindTheirDocumentsByIndex()
    {
        await filled.AssertIndexesAsync("segments, _id_, _id_, _id_, _id_", store => FilledStore.PlanAsync(store, filled.Collection, 2, [Samples.Ready(filled.Collection, "5b.jpg")]));
        await filled.AssertIndexesAsync("segments, _id_, _id_, images, _id_, _id_", store => store.RecordBatchAsync(new BatchRecord
        {
            JobId = FilledStore.JobId,
            CollectionId = filled.Collection,
            Lane = 1,
            BatchNumber = 1,
            Counts = new ScanCounts { Rendered = 1 },
            Images = [Samples.Ready(filled.Collection, "6.jpg")],
            MovedFromImageIds = [filled.Images[800].Id],
        }));
        await filled.AssertIndexesAsync("segments, _id_, _id_", store => store.RecordImageAsync(filled.Images[3], filled.Images[3] with { State = ImageState.Failed }));
        await filled.AssertIndexesAsync("_id_", store => store.UpdateJobAsync(FilledStore.JobId, new JobChange { CurrentFolder = "x" }));
        await filled.AssertIndexesAsync("_id_, _id_", store => store.AddFailuresAsync(FilledStore.JobId, [Samples.Failure("x")]));
        await filled.AssertIndexesAsync("_id_", store => store.FoldCollectionsAsync(new CollectionFold(FilledStore.JobId, 1, new CollectionCounts(1), new ScanCounts(), [filled.Collection])));
        await filled.AssertIndexesAsync(
            // Five collections of one image each, and what they had failed by.
            "candidates, _id_, library_path segments, segments, segments, segments, segments, segments, _id_, _id_, _id_, _id_, _id_, _id_, removals",
            store => store.ApplyRemovalsAsync(new RemovalScope(Samples.LibraryId, "job-8", "", true, []), 5));
        await filled.AssertIndexesAsync("_id_", store => store.RemoveImagesAsync(filled.Collection, filled.Images[^1].SortKey));
        await filled.AssertIndexesAsync("segments, _id_, segments", store => store.RemoveCollectionAsync(filled.Collection));
    }
}
