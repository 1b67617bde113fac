using ImageLibrary.Core;
using Xunit;

namespace ImageLibrary.Tests.Storage.Conformance;

/// <summary>Images: plans, batches, ranges, lists.</summary>
public abstract class ImageConformance(IStoreHarness harness) : StoreConformance(harness)
{
    private string _collection = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _collection = (await DiscoverAsync(JobId, "a"))[0].Id;
    }

    public static TheoryData<string> Kinds() => ["pending", "ready", "copied", "original", "failed", "removed", "candidate", "text hash"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task GetImage_EveryField_IsKept(string kind)
    {
        var image = kind switch
        {
            "pending" => Samples.Pending(_collection, "dir/Ünïcode 写真 #1%.jpg", JobId, occurrence: 3),
            "ready" => Samples.Ready(_collection, "1.jpg") with { Facts = new SourceFacts { Width = 1, Height = 2, Format = "gif", Animated = true } },
            "copied" => Copied(Samples.Ready(_collection, "1.webp")),
            "original" => Original(Samples.Ready(_collection, "1.png")),
            "failed" => Samples.Failed(_collection, "1.jpg") with { Failure = new ImageFailure(FailureClass.Timeout, "Own words.") },
            "removed" => Samples.Ready(_collection, "1.jpg") with { State = ImageState.Removed, RemovedByJobId = "j", RemovedAt = Samples.Moment.AddTicks(1) },
            "candidate" => Samples.Ready(_collection, "1.jpg") with { RemovalCandidateJobId = JobId },
            _ => Samples.Ready(_collection, "1.jpg", "UPPER or other form"),
        };
        await PlanAsync(JobId, _collection, 1, image);
        Equal.Values(image, await Store.GetImageAsync(image.Id));
        var other = Samples.Ready(_collection, image.Path, "ffffffffffffffffffffffffffffffff", image.Occurrence) with { SourceSize = 5 };
        await BatchAsync(JobId, _collection, 1, 1, other);
        Equal.Values(other, await Store.GetImageAsync(image.Id));
        await BatchAsync(JobId, _collection, 1, 2, image);
        Equal.Values(image, await Store.GetImageAsync(image.Id));
        Assert.Null(await Store.GetImageAsync("unknown"));

        static ImageRecord Copied(ImageRecord image) => image with
        {
            Derivatives = [.. image.Derivatives.Select(derivative => derivative with { Quality = null, Format = "webp" })],
        };
        static ImageRecord Original(ImageRecord image) => image with
        {
            Derivatives = [image.Derivatives[0] with { OriginalModified = image.SourceModified }, image.Derivatives[1]],
        };
    }

    [Fact]
    public async Task GetImages_OfSeveralCollections_AreFoundOnce()
    {
        var other = (await DiscoverAsync(JobId, "b"))[0].Id;
        ImageRecord[] images = [Samples.Ready(_collection, "1.jpg"), Samples.Pending(_collection, "2.jpg"), Samples.Ready(other, "1.jpg")];
        await PlanAsync(JobId, _collection, 1, images[0], images[1], Samples.Ready(_collection, "3.jpg"));
        await PlanAsync(JobId, other, 1, images[2]);
        var found = await Store.GetImagesAsync([images[1].Id, "unknown", images[0].Id, images[2].Id, images[0].Id]);
        Equal.Values(images.OrderBy(image => image.Id, StringComparer.Ordinal), found.OrderBy(image => image.Id, StringComparer.Ordinal));
        Assert.Empty(await Store.GetImagesAsync([]));
    }

    [Fact]
    public async Task RecordPlan_SamePageTwice_OverwritesItself()
    {
        await PlanAsync(JobId, _collection, 2, Samples.Pending(_collection, "1.jpg", JobId));
        Assert.True(await PlanAsync(JobId, _collection, 2, Samples.Pending(_collection, "1.jpg", JobId), Samples.Pending(_collection, "2.jpg", JobId)));
        Assert.Equal(2, (await Store.GetCollectionAsync(_collection))!.ImageCount);
        Assert.Equal(2, (await Store.GetJobAsync(JobId))!.Images.Total);
    }

    [Fact]
    public async Task RecordPlan_OlderPage_IsRefusedAndWritesNothing()
    {
        await PlanAsync(JobId, _collection, 2, Samples.Pending(_collection, "1.jpg", JobId));
        var transactions = Harness.WriteTransactions(Store);
        Assert.False(await PlanAsync(JobId, _collection, 1, Samples.Pending(_collection, "2.jpg", JobId)));
        Assert.Equal(transactions, Harness.WriteTransactions(Store));
        Assert.Equal(1, (await Store.GetCollectionAsync(_collection))!.ImageCount);
    }

    [Fact]
    public async Task RecordBatch_FiftyImages_IsOneTransaction()
    {
        ImageRecord[] images = [.. Enumerable.Range(0, 50).Select(number => Samples.Ready(_collection, $"{number}.jpg"))];
        await PlanAsync(JobId, _collection, 1, [.. images.Select(image => Samples.Pending(_collection, image.Path, JobId))]);
        var transactions = Harness.WriteTransactions(Store);
        await Store.RecordBatchAsync(new BatchRecord
        {
            JobId = JobId,
            CollectionId = _collection,
            Lane = 1,
            BatchNumber = 1,
            Counts = new ScanCounts { Rendered = 50 },
            Images = images,
            Failures = [Samples.Failure("a/1.jpg")],
        });
        Assert.Equal(transactions + 1, Harness.WriteTransactions(Store));
        Assert.Equal(0, (await Store.GetCollectionAsync(_collection))!.IncompleteCount);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    public async Task RecordBatch_SameOrOlderNumber_IsRefusedAndWritesNothing(long number)
    {
        await BatchAsync(JobId, _collection, 1, 3, Samples.Ready(_collection, "1.jpg"));
        var transactions = Harness.WriteTransactions(Store);
        Assert.False(await BatchAsync(JobId, _collection, 1, number, Samples.Failed(_collection, "1.jpg")));
        Assert.Equal(transactions, Harness.WriteTransactions(Store));
        Assert.Equal(ImageState.Ready, (await Store.GetImageAsync(StableId.ForImage(_collection, "1.jpg")))!.State);
        Assert.True(await BatchAsync(JobId, _collection, 2, number, Samples.Failed(_collection, "1.jpg")));
        Assert.Equal(3, (await Store.GetLaneAsync(JobId, _collection, 1))!.BatchNumber);
    }

    [Fact]
    public async Task Record_UnknownCollection_IsRefusedAndWritesNothing()
    {
        Assert.False(await PlanAsync(JobId, "gone", 1, Samples.Pending("gone", "1.jpg")));
        Assert.False(await BatchAsync(JobId, "gone", 1, 1, Samples.Ready("gone", "1.jpg")));
        Assert.Null(await Store.GetLaneAsync(JobId, "gone", 0));
        Assert.Null(await Store.GetImageAsync(StableId.ForImage("gone", "1.jpg")));
    }

    [Fact]
    public async Task RecordBatch_ThatFails_LeavesNothing()
    {
        var clash = Samples.Ready(_collection, "2.jpg") with { SortKey = NaturalSortKey.Create("1.jpg") };
        await Assert.ThrowsAsync<StoreException>(() => BatchAsync(JobId, _collection, 1, 1, Samples.Ready(_collection, "1.jpg"), clash));
        Assert.Null(await Store.GetImageAsync(StableId.ForImage(_collection, "1.jpg")));
        Assert.Null(await Store.GetLaneAsync(JobId, _collection, 1));
        Assert.True(await BatchAsync(JobId, _collection, 1, 1, Samples.Ready(_collection, "1.jpg")));
    }

    [Fact]
    public async Task RecordImage_KeepsPlannedWork()
    {
        var read = Samples.Pending(_collection, "1.jpg", JobId) with { RemovalCandidateJobId = "job-2" };
        await PlanAsync(JobId, _collection, 1, read);
        var rendered = Samples.Ready(_collection, "1.jpg");
        Assert.True(await Store.RecordImageAsync(read, rendered));
        Assert.True(await Store.RecordImageAsync(read, rendered));
        Equal.Values(
            rendered with { PlannedByJobId = JobId, PlannedWork = PlannedWork.Added, RemovalCandidateJobId = "job-2" },
            await Store.GetImageAsync(rendered.Id));
        Assert.Equal(1, (await Store.GetCollectionAsync(_collection))!.IncompleteCount);
    }

    [Fact]
    public async Task RecordImage_ChangedSinceItWasRead_WritesNothing()
    {
        var read = Samples.Ready(_collection, "1.jpg") with { Derivatives = [] };
        var rendered = Samples.Ready(_collection, "1.jpg");
        ImageRecord[] changed =
        [
            read with { Generation = read.Generation + 1 },
            read with { State = ImageState.Removed },
            read with { Derivatives = [rendered.Derivatives[0]] },
            read with { Derivatives = [.. rendered.Derivatives.Select(made => made with { FileName = "other " + made.FileName })] },
        ];
        for (var i = 0; i < changed.Length; i++)
        {
            await PlanAsync(JobId, _collection, i + 1, changed[i]);
            Assert.False(await Store.RecordImageAsync(read, rendered));
            Equal.Values(changed[i], await Store.GetImageAsync(read.Id));
        }
        await PlanAsync(JobId, _collection, changed.Length + 1, read with { SourceSize = 1 });
        Assert.True(await Store.RecordImageAsync(read, rendered));
        Equal.Values(rendered, await Store.GetImageAsync(read.Id));
    }

    [Fact]
    public async Task RecordImage_Gone_WritesNothing()
    {
        var rendered = Samples.Ready(_collection, "1.jpg");
        await PlanAsync(JobId, _collection, 1, Samples.Ready(_collection, "2.jpg"));
        Assert.False(await Store.RecordImageAsync(rendered, rendered));
        Assert.Null(await Store.GetImageAsync(rendered.Id));
        Assert.Equal(1, (await Store.GetCollectionAsync(_collection))!.ImageCount);

        var foreign = Samples.Ready("unknown", "1.jpg");
        Assert.False(await Store.RecordImageAsync(foreign, foreign));
        Assert.Null(await Store.GetImageAsync(foreign.Id));
    }

    [Fact]
    public async Task RecordImage_InALargeCollection_MeetsItsImage()
    {
        ImageRecord[] images = [.. Enumerable.Range(0, 1_200).Select(number => Samples.Ready(_collection, $"{number}.jpg") with { Derivatives = [] })];
        await PlanAsync(JobId, _collection, 1, images);
        foreach (var read in new[] { images[0], images[700], images[1_199] })
        {
            Assert.True(await Store.RecordImageAsync(read, Samples.Ready(_collection, read.Path)));
            Equal.Values(Samples.Ready(_collection, read.Path), await Store.GetImageAsync(read.Id));
        }
        Assert.Equal(1_200, (await Store.GetCollectionAsync(_collection))!.ImageCount);
    }

    [Fact]
    public async Task ReadRange_BoundsAndLimit_AreKept()
    {
        string[] paths = ["1.jpg", "2.jpg", "3.jpg", "10.jpg"];
        await PlanAsync(JobId, _collection, 1, [.. paths.Select(path => Samples.Ready(_collection, path))]);
        await BatchAsync(JobId, _collection, 1, 1, Samples.Ready(_collection, "2.jpg") with { State = ImageState.Removed });
        Assert.Equal(paths, await RangeAsync(null, null, 100));
        Assert.Equal(["2.jpg", "3.jpg"], await RangeAsync("1.jpg", "3.jpg", 100));
        Assert.Equal(["2.jpg"], await RangeAsync("1.jpg", null, 1));
        Assert.Equal(["1.jpg"], await RangeAsync(null, "1.jpg", 100));
        Assert.Empty(await RangeAsync("10.jpg", null, 100));

        async Task<IEnumerable<string>> RangeAsync(string? after, string? through, int limit) =>
            (await Store.ReadRangeAsync(
                _collection, after is null ? null : NaturalSortKey.Create(after), through is null ? null : NaturalSortKey.Create(through), limit))
            .Select(image => image.Path);
    }

    [Fact]
    public async Task ListPlanned_OfRange_ReturnsThatJobsOnly()
    {
        await PlanAsync(
            JobId, _collection, 1,
            Samples.Pending(_collection, "1.jpg", JobId), Samples.Pending(_collection, "2.jpg", "job-2"),
            Samples.Pending(_collection, "3.jpg", JobId), Samples.Pending(_collection, "4.jpg", JobId), Samples.Ready(_collection, "5.jpg"));
        var range = new SortKeyRange(NaturalSortKey.Create("1.jpg"), NaturalSortKey.Create("3.jpg"));
        Assert.Equal(["1.jpg", "3.jpg"], (await Store.ListPlannedAsync(JobId, _collection, range)).Select(image => image.Path));
        await BatchAsync(JobId, _collection, 1, 1, Samples.Ready(_collection, "1.jpg"));
        Assert.Equal(["3.jpg"], (await Store.ListPlannedAsync(JobId, _collection, range)).Select(image => image.Path));
    }

    [Fact]
    public async Task ListImages_WhileOthersAreInserted_IsCompleteAndInOrder()
    {
        ImageRecord[] before = [.. Enumerable.Range(0, 60).Select(number => Samples.Ready(_collection, $"{number * 2}.jpg"))];
        await PlanAsync(JobId, _collection, 1, before);
        var seen = new List<string>();
        string? cursor = null;
        var inserted = 0;
        do
        {
            var page = await Store.ListImagesAsync(_collection, new PageRequest(7, cursor));
            seen.AddRange(page.Items.Select(image => image.Path));
            cursor = page.NextCursor;
            await PlanAsync(JobId, _collection, 2 + inserted, Samples.Ready(_collection, $"{(inserted * 13) + 1}.jpg"));
            inserted++;
        }
        while (cursor is not null);
        Assert.Equal(seen.Distinct(), seen);
        Assert.Empty(before.Select(image => image.Path).Except(seen));
        Assert.Equal(seen.OrderBy(path => int.Parse(path.Split('.')[0], null)), seen);
    }

    [Fact]
    public async Task FindByContent_FindsLikelyFormerPlacesFirst()
    {
        const string hash = "0123456789abcdef0123456789abcdef";
        await PlanAsync(
            JobId, _collection, 1,
            Samples.Ready(_collection, "1.jpg", hash),
            Samples.Ready(_collection, "2.jpg", hash) with { RemovalCandidateJobId = JobId },
            Samples.Ready(_collection, "3.jpg", hash) with { State = ImageState.Removed },
            Samples.Ready(_collection, "4.jpg", hash) with { Derivatives = [] },
            Samples.Ready(_collection, "5.jpg"));
        var found = await Store.FindByContentAsync(Samples.LibraryId, [hash, "ffffffffffffffffffffffffffffffff"]);
        Assert.Equal(["3.jpg", "2.jpg", "1.jpg"], found.Select(item => item.Image.Path));
        Assert.All(found, item => Assert.Equal(("a", CollectionKind.Folder), (item.CollectionPath, item.CollectionKind)));
        Assert.Empty(await Store.FindByContentAsync("other", [hash]));
    }

    [Fact]
    public async Task RecordBatch_Moved_TakesDerivativesFromFormerImage()
    {
        var target = (await DiscoverAsync(JobId, "b"))[0].Id;
        var former = Samples.Ready(_collection, "1.jpg");
        await PlanAsync(JobId, _collection, 1, former, Samples.Ready(_collection, "2.jpg"));
        var batch = new BatchRecord
        {
            JobId = JobId,
            CollectionId = target,
            Lane = 1,
            BatchNumber = 1,
            Counts = new ScanCounts { Moved = 1 },
            Images = [Samples.Ready(target, "new.jpg") with { Derivatives = former.Derivatives }],
            MovedFromImageIds = [former.Id, "unknown"],
        };
        Assert.True(await Store.RecordBatchAsync(batch));
        var read = (await Store.GetImageAsync(former.Id))!;
        Assert.Equal((ImageState.Removed, 0, JobId, (DateTimeOffset?)Time.GetUtcNow()), (read.State, read.Derivatives.Count, read.RemovedByJobId, read.RemovedAt));
        // The files go by the former image's name, so that what comes to its place must have others.
        Assert.Equal(former.Generation + 1, read.Generation);
        Assert.Equal((1L, 1L), ((await Store.GetCollectionAsync(_collection))!.ImageCount, (await Store.GetCollectionAsync(target))!.ImageCount));
        Assert.Equal(2, (await Store.GetLibraryAsync(Samples.LibraryId))!.ImageCount);
        Assert.Equal(StableId.ForImage(_collection, "2.jpg"), (await Store.GetCollectionAsync(_collection))!.CoverImageId);
    }
}
