using ImageLibrary.Core;
using Xunit;

namespace ImageLibrary.Tests.Storage.Conformance;

/// <summary>Moving libraries between stores: all of it, in any state, across interruptions.</summary>
public abstract class CopyConformance(IStoreHarness harness, IStoreHarness other) : StoreConformance(harness)
{
    private ICopyableStore? _copy;

    private ICopyableStore Source => (ICopyableStore)Store;

    private ICopyableStore Copy => _copy ?? throw new InvalidOperationException("not initialised");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _copy = (ICopyableStore)await other.OpenAsync(Time);
    }

    public override async ValueTask DisposeAsync()
    {
        await Copy.DisposeAsync();
        await other.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task ListAllCollections_WithEmptyOnes_KeepsTheOrderOfAdding()
    {
        await DiscoverAsync(JobId, "b", "a");
        await DiscoverAsync("job-2", "c", "a");
        var first = await Source.ListAllCollectionsAsync(Samples.LibraryId, null, 2);
        var rest = await Source.ListAllCollectionsAsync(Samples.LibraryId, first[^1].Id, 2);
        Assert.Equal(["b", "a", "c"], first.Concat(rest).Select(collection => collection.Path));
        Assert.Empty(await Source.ListAllCollectionsAsync(Samples.LibraryId, rest[^1].Id, 2));
        Assert.Empty(await Source.ListAllCollectionsAsync("nobody", null, 2));
    }

    [Fact]
    public async Task ImportImages_OfAnyState_KeepsThemAsTheyAre()
    {
        var collection = (await DiscoverAsync(JobId, "a"))[0].Id;
        var images = Images(collection);
        await Source.ImportImagesAsync(collection, images);
        await Source.ImportImagesAsync(collection, images);
        Equal.Values(images, await Store.ReadRangeAsync(collection, null, null, 100));
        var changed = images[0] with { State = ImageState.Failed, Failure = ImageFailure.Of(FailureClass.Corrupt) };
        await Source.ImportImagesAsync(collection, [changed]);
        Equal.Values(changed, await Store.GetImageAsync(changed.Id));
        await Assert.ThrowsAsync<StoreException>(() => Source.ImportImagesAsync("nobody", [Samples.Ready("nobody", "x.jpg")]));
    }

    [Fact]
    public async Task Copy_OfAFilledStore_HoldsTheSame()
    {
        await FillAsync();
        var result = await new StoreCopy(Source, Copy).RunAsync();
        Assert.Equal((2, 4, 1212, 2, 3), (result.Libraries, result.Collections, result.Images, result.Jobs, result.Failures));
        Assert.Equal(result.Images, result.WrittenImages);
        Assert.True(await Copy.GetPauseAllAsync());
        Equal.Values((await Source.GetAccessAsync()).Tokens, (await Copy.GetAccessAsync()).Tokens);
        var back = await new StoreCopy(Copy, Source).RunAsync();
        Assert.Equal((0, result.Checksum), (back.WrittenImages, back.Checksum));
    }

    [Fact]
    public async Task Copy_InterruptedAndRunAgain_WritesOnlyTheRest()
    {
        await FillAsync();
        using var stop = new CancellationTokenSource();
        var interrupted = new StoreCopy(Source, Copy, new Listener(progress =>
        {
            if (progress is { Stage: StoreCopyStage.Copying, Images: >= 500 })
            {
                stop.Cancel();
            }
        }));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => interrupted.RunAsync(stop.Token));
        var result = await new StoreCopy(Source, Copy).RunAsync();
        Assert.InRange(result.WrittenImages, 1, result.Images - 500);
        Equal.Values(await Source.GetLibraryAsync(Samples.LibraryId), await Copy.GetLibraryAsync(Samples.LibraryId));
    }

    [Fact]
    public async Task Copy_IntoAStoreWithAnotherLibrary_IsRefused()
    {
        await EndJobsAsync();
        await Copy.AddLibraryAsync(Samples.Library("foreign", "/foreign", "Foreign"));
        var exception = await Assert.ThrowsAsync<StoreException>(() => new StoreCopy(Source, Copy).RunAsync());
        Assert.Contains("'Foreign'", exception.Message, StringComparison.Ordinal);
        Assert.Null(await Copy.GetLibraryAsync(Samples.LibraryId));
    }

    [Fact]
    public async Task Copy_WithAnOpenJob_IsRefused()
    {
        var exception = await Assert.ThrowsAsync<StoreException>(() => new StoreCopy(Source, Copy).RunAsync());
        Assert.Contains(JobId, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_WhenTheTargetHoldsMore_SaysWhere()
    {
        await FillAsync();
        await new StoreCopy(Source, Copy).RunAsync();
        var collection = Samples.CollectionId("many");
        await Copy.ImportImagesAsync(collection, [Samples.Ready(collection, "zzz.jpg", "ffeeddccbbaa99887766554433221100")]);
        var exception = await Assert.ThrowsAsync<StoreException>(() => new StoreCopy(Source, Copy).RunAsync());
        Assert.Contains("differ", exception.Message, StringComparison.Ordinal);
    }

    private async Task FillAsync()
    {
        var paths = new[] { "many", "", "empty", "größe/archive.zip" };
        var ids = (await DiscoverAsync(JobId, paths[..3])).Concat(await DiscoverAsync("job-2", paths[3])).Select(collection => collection.Id).ToList();
        var many = Enumerable.Range(0, 1_200).Select(number => Samples.Ready(ids[0], $"{number}.jpg", $"{number:x32}")).ToList();
        foreach (var page in many.Chunk(400))
        {
            await Source.ImportImagesAsync(ids[0], page);
        }
        await Source.ImportImagesAsync(ids[1], Images(ids[1]));
        await Source.ImportImagesAsync(ids[3], Images(ids[3]));
        await Store.SetCollectionPlannedAsync(ids[0], "listing", "recipe", null);
        await Store.SetCollectionPlannedAsync(ids[3], null, null, ImageFailure.Of(FailureClass.Corrupt));
        await Store.AddFailuresAsync(JobId, [Samples.Failure("a"), Samples.Failure("b", FailureClass.Permission), Samples.Failure("c", imageId: "image")]);
        await Store.AddLibraryAsync(Samples.Library("library-2", "/other", "Other") with { State = LibraryState.Deleting, RootIdentity = null });
        await Store.AddJobAsync(Samples.Job("job-2", "library-2", Samples.Moment.AddMinutes(1)));
        await Store.SetPauseAllAsync(true);
        await Store.ShareAccessAsync(new AccessToken("robot", AccessRole.Viewer, [1, 2, 3]));
        // A job that is cancelled ends with collections that are still open.
        await Store.RecordPlanAsync(new PlanRecord
        {
            JobId = "job-2",
            CollectionId = ids[2],
            Page = 1,
            Counts = new ScanCounts { Total = 5, Skipped = 5 },
            Images = [],
        });
        await EndJobsAsync("job-2");
    }

    private async Task EndJobsAsync(params string[] others)
    {
        foreach (var id in others.Prepend(JobId))
        {
            await Store.FoldCollectionsAsync(new CollectionFold(id, 1, new CollectionCounts(4, 3, 1), new ScanCounts { Total = 12, Rendered = 7 }, []));
            await Store.UpdateJobAsync(id, new JobChange { State = JobState.CompletedWithFailures, Stage = JobStage.Finishing, EndedAt = Samples.Moment.AddHours(1) });
        }
    }

    private static List<ImageRecord> Images(string collection) =>
    [
        Samples.Ready(collection, "1.jpg"),
        Samples.Failed(collection, "2.jpg"),
        Samples.Pending(collection, "3.jpg", plannedBy: "job-9"),
        Samples.Ready(collection, "4.jpg") with { RemovalCandidateJobId = "job-8" },
        Samples.Ready(collection, "5.jpg") with { State = ImageState.Removed, RemovedByJobId = "job-7", RemovedAt = Samples.Moment.AddTicks(1_234_567) },
        Samples.Ready(collection, "6.jpg") with { State = ImageState.Quarantined, Failure = ImageFailure.Of(FailureClass.Crashed), Derivatives = [] },
    ];

    // Unlike Progress, on the caller's own thread.
    private sealed class Listener(Action<StoreCopyProgress> hear) : IProgress<StoreCopyProgress>
    {
        public void Report(StoreCopyProgress value) => hear(value);
    }
}
