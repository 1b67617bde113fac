using System.Collections.Concurrent;
using ImageLibrary.Core;
using ImageLibrary.Storage.Mongo;
using ImageLibrary.Tests.MongoServers;
using ImageLibrary.Tests.Storage.Conformance;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Events;
using Xunit;

namespace ImageLibrary.Tests.Storage.Mongo;

/// <summary>What only this adapter does: its commands, its schema, what it makes of documents that others have changed.</summary>
public sealed class MongoStoreTests(MongoFixture servers) : IAsyncLifetime
{
    private const string JobId = "job-1";
    private const string Token = "left-behind";

    private readonly MongoHarness _harness = new(servers, ServerKind.Alone, isNew: true);
    private readonly ConcurrentQueue<string> _commands = [];
    private readonly WarningList _warnings = new();
    private MongoLibraryStore _store = null!;
    private string _collection = "";

    public async ValueTask InitializeAsync()
    {
        _store = _harness.Create(
            configure: cluster => cluster.Subscribe<CommandStartedEvent>(started => _commands.Enqueue(started.CommandName)), log: _warnings);
        await _store.InitializeAsync();
        await _store.AddLibraryAsync(Samples.Library());
        await _store.AddJobAsync(Samples.Job(JobId));
        _collection = (await _store.UpsertDiscoveredAsync(Samples.LibraryId, JobId, [Samples.Found("a")]))[0].Id;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _harness.DisposeAsync();
    }

    [Fact]
    public async Task RecordBatch_OfFifty_IsOneCommandThatTouchesOnlyItsSegments()
    {
        ImageRecord[] planned = [.. Enumerable.Range(0, 2_000).Select(number => Samples.Pending(_collection, $"{number}.jpg", JobId))];
        await PlanAsync(1, planned);
        var batch = await _store.ListPlannedAsync(JobId, _collection, new SortKeyRange(planned[900].SortKey, planned[949].SortKey));
        Assert.Equal(50, batch.Count);
        var before = await SegmentsAsync();
        _commands.Clear();
        Assert.True(await _store.RecordBatchAsync(Batch(1, [.. batch.Select(image => Samples.Ready(_collection, image.Path))]) with
        {
            Failures = [Samples.Failure("a/900.jpg")],
            MovedFromImageIds = [planned[0].Id],
        }));
        Assert.Equal(["update"], _commands);
        var after = await SegmentsAsync();
        var changed = after.Where(segment => before.Single(former => former["_id"] == segment["_id"]) != segment).ToList();
        Assert.InRange(changed.Count(segment => segment["images"].AsBsonArray.Any(image => image["state"] == "Ready")), 1, 2);
        // The giver's segment is met as well, though its image had nothing to give.
        Assert.InRange(changed.Count, 1, 3);
        Assert.Equal(1_950, (await _store.GetCollectionAsync(_collection))!.IncompleteCount);
    }

    [Fact]
    public async Task RecordBatch_PartlyAppliedByAKilledServer_IsRepeatedWhole()
    {
        await PlanAsync(1, Samples.Pending(_collection, "1.jpg", JobId));
        var ready = Samples.Ready(_collection, "1.jpg");
        await _store.RecordBatchAsync(Batch(1, [ready]));
        // As if the server had died before the last statement: images and counts are there, the lane's number is not.
        await _harness.Records.UpdateOneAsync(
            new BsonDocument("_id", $"c/{_collection}"), new BsonDocument("$pull", new BsonDocument("lanes", new BsonDocument("lane", 1))));
        Assert.True(await _store.RecordBatchAsync(Batch(1, [ready])));
        Assert.False(await _store.RecordBatchAsync(Batch(1, [ready])));
        Assert.Equal(1, (await _store.GetJobAsync(JobId))!.Images.Rendered);
        Assert.Equal(1, (await _store.GetCollectionAsync(_collection))!.ImageCount);
    }

    [Fact]
    public async Task Segments_AfterManyInsertsInAnyOrder_AreContiguousAndWithinTheirLimits()
    {
        var random = new Random(7);
        ImageRecord[] images = [.. Enumerable.Range(0, 3_000).Select(number => Samples.Ready(_collection, $"{number}.jpg"))];
        random.Shuffle(images);
        var page = 0;
        foreach (var chunk in images.Chunk(170))
        {
            await PlanAsync(++page, chunk);
        }
        var segments = await SegmentsAsync();
        Assert.InRange(segments.Count, 6, 30);
        Assert.Equal("", segments[0]["from"]);
        Assert.Equal("\u0100", segments[^1]["to"]);
        Assert.All(segments.Zip(segments.Skip(1)), pair => Assert.Equal(pair.First["to"], pair.Second["from"]));
        Assert.All(segments, segment => Assert.InRange(segment["images"].AsBsonArray.Count, 1, 500));
        Assert.All(segments, segment => Assert.InRange(segment.ToBson().Length, 1, 1 << 20));
        Assert.All(segments, segment => Assert.False(segment.Contains("freezing")));
        Assert.Equal(Enumerable.Range(0, 3_000).Select(number => $"{number}.jpg"), (await AllAsync()).Select(image => image.Path));
    }

    [Fact]
    public async Task Segments_OfLongPaths_AreSplitByBytes()
    {
        var folder = new string('x', 4_000);
        await PlanAsync(1, [.. Enumerable.Range(0, 300).Select(number => Samples.Ready(_collection, $"{folder}/{number}.jpg"))]);
        Assert.All(await SegmentsAsync(), segment => Assert.InRange(segment.ToBson().Length, 1, 1 << 20));
        Assert.Equal(300, (await AllAsync()).Count);
    }

    [Fact]
    public async Task Plan_FromSeveralProcesses_MeetsInSplitsAndLosesNothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(process => Task.Run(async () =>
        {
            await using var own = _harness.Create();
            var job = $"job-{process}";
            for (var page = 1; page <= 6; page++)
            {
                ImageRecord[] images = [.. Enumerable.Range(0, 100).Select(number => Samples.Ready(_collection, $"{(number * 6) + page} {process}.jpg"))];
                Assert.True(await own.RecordPlanAsync(Plan(job, page, images)));
            }
        })));
        Assert.Equal(2_400, (await AllAsync()).Count);
        Assert.Equal(2_400, (await _store.GetCollectionAsync(_collection))!.ImageCount);
        Assert.Equal(2_400, (await SegmentsAsync()).Sum(segment => segment["n"].ToInt32()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Split_LeftBehindByACrash_IsTakenBackOrFinished(bool beforeTheOldSegmentWasShortened)
    {
        ImageRecord[] images = [.. Enumerable.Range(0, 900).Select(number => Samples.Ready(_collection, $"{number}.jpg"))];
        await PlanAsync(1, images);
        await LeaveSplitAsync(beforeTheOldSegmentWasShortened);
        Assert.Equal(900, (await AllAsync()).Count);

        await using var other = _harness.Create();
        Assert.True(await other.RecordPlanAsync(Plan(JobId, 2, Samples.Failed(_collection, "700.jpg"), Samples.Ready(_collection, "700b.jpg"))));
        Assert.All(await SegmentsAsync(), segment => Assert.False(segment.Contains("freezing")));
        Assert.Equal(901, (await AllAsync()).Count);
        Assert.Equal(901, (await _store.GetCollectionAsync(_collection))!.ImageCount);
        Assert.Equal(ImageState.Failed, (await _store.GetImageAsync(images[700].Id))!.State);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Split_ThatOnlyStalled_LosesNothingWhenItGoesOnAmidItsRecovery(int recoveryCommand)
    {
        await PlanAsync(1, [.. Enumerable.Range(0, 900).Select(number => Samples.Ready(_collection, $"{number}.jpg"))]);
        var shortened = await LeaveSplitAsync(beforeTheOldSegmentWasShortened: true);
        var commands = 0;
        await using var other = _harness.Create(configure: cluster => cluster.Subscribe<CommandStartedEvent>(started =>
        {
            if (started.CommandName is "update" or "delete" && started.Command.ToJson().Contains(Token, StringComparison.Ordinal)
                && Interlocked.Increment(ref commands) == recoveryCommand)
            {
                _harness.Records.ReplaceOne(new BsonDocument { { "_id", shortened["_id"] }, { "freezing.token", Token } }, shortened);
            }
        }));
        Assert.True(await other.RecordPlanAsync(Plan(JobId, 2, Samples.Failed(_collection, "100.jpg"), Samples.Ready(_collection, "700b.jpg"))));
        Assert.InRange(commands, recoveryCommand, int.MaxValue);
        Assert.Equal(901, (await AllAsync()).Count);
        Assert.Equal(901, (await _store.GetCollectionAsync(_collection))!.ImageCount);
    }

    [Fact]
    public async Task Lists_DocumentOfWrongType_LeaveItOutAndNameTheField()
    {
        await PlanAsync(1, Samples.Ready(_collection, "1.jpg"), Samples.Ready(_collection, "2.jpg"), Samples.Ready(_collection, "3.jpg"));
        await _harness.Records.UpdateOneAsync(
            new BsonDocument("collection", _collection), new BsonDocument("$set", new BsonDocument("images.1.derivatives.0.width", "wide")));
        var page = await _store.ListImagesAsync(_collection, new PageRequest(2));
        Assert.Equal(["1.jpg"], page.Items.Select(image => image.Path));
        Assert.Equal(["3.jpg"], (await _store.ListImagesAsync(_collection, new PageRequest(2, page.NextCursor))).Items.Select(image => image.Path));
        Assert.Contains("images.derivatives.0.width is of type String, not a whole number", Assert.Single(_warnings.Messages.Distinct()), StringComparison.Ordinal);
        var unfit = await Assert.ThrowsAnyAsync<StoreException>(() => _store.GetImageAsync(StableId.ForImage(_collection, "2.jpg")));
        Assert.Contains("images.derivatives.0.width", unfit.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_JobAndLibraryOfWrongType_LeaveThemOut()
    {
        await _store.AddJobAsync(Samples.Job("job-2"));
        await _harness.Records.UpdateOneAsync(new BsonDocument("_id", $"j/{JobId}"), new BsonDocument("$set", new BsonDocument("state", "Dancing")));
        Assert.Equal(["job-2"], (await _store.ListJobsAsync(new JobQuery(), new PageRequest())).Items.Select(job => job.Id));
        await _store.AddLibraryAsync(Samples.Library("other", "/other"));
        await _harness.Database.GetCollection<BsonDocument>("meta").UpdateOneAsync(
            new BsonDocument("_id", "libraries"), new BsonDocument("$set", new BsonDocument("libraries.0.settings.derivatives", 5)));
        Assert.Equal(["other"], (await _store.ListLibrariesAsync(new PageRequest())).Items.Select(library => library.Id));
        Assert.Contains(_warnings.Messages, message => message.Contains("state is 'Dancing'", StringComparison.Ordinal));
        Assert.Contains(_warnings.Messages, message => message.Contains("libraries.settings.derivatives", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Initialize_AnotherProgramsDatabase_IsRefusedAndLeftAlone()
    {
        var other = new MongoHarness(servers, ServerKind.Alone, isNew: true);
        await using var cleanUp = other;
        await other.Database.GetCollection<BsonDocument>("theirs").InsertOneAsync(new BsonDocument("x", 1));
        var refused = await Assert.ThrowsAsync<StoreException>(() => other.OpenAsync(TimeProvider.System));
        Assert.Contains("another program", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["theirs"], await (await other.Database.ListCollectionNamesAsync()).ToListAsync());
    }

    [Fact]
    public async Task Initialize_ByManyProcessesAtOnce_SucceedsForAll()
    {
        var other = new MongoHarness(servers, ServerKind.ReplicaSet, isNew: true);
        await using var cleanUp = other;
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => other.OpenAsync(TimeProvider.System)));
        foreach (var store in stores)
        {
            Assert.Empty((await store.ListLibrariesAsync(new PageRequest())).Items);
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task AddLibrary_OverlappingRootsFromManyProcesses_LetsOneIn()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(async () =>
        {
            await using var own = _harness.Create();
            try
            {
                await own.AddLibraryAsync(Samples.Library($"l{number}", "/same" + string.Concat(Enumerable.Repeat("/deeper", number))));
                return 1;
            }
            catch (RootConflictException)
            {
                return 0;
            }
        })));
        Assert.Equal(1, results.Sum());
        Assert.Equal(2, (await _store.ListLibrariesAsync(new PageRequest())).Items.Count);
    }

    [Fact]
    public async Task Record_ImageBeyondSixteenMegabytes_IsRefusedClearly()
    {
        var huge = Samples.Failed(_collection, "1.jpg") with { Failure = new ImageFailure(FailureClass.Corrupt, new string('x', 17 << 20)) };
        var refused = await Assert.ThrowsAsync<StoreException>(() => PlanAsync(1, huge));
        Assert.Contains("16 MB", refused.Message, StringComparison.Ordinal);
        Assert.Null(await _store.GetImageAsync(huge.Id));
        Assert.True(await PlanAsync(1, Samples.Ready(_collection, "1.jpg")));
    }

    [Fact]
    public async Task Sums_OfCollectionsAndLibraries_ReadNoSegment()
    {
        await PlanAsync(1, [.. Enumerable.Range(0, 700).Select(number => Samples.Ready(_collection, $"{number}.jpg"))]);
        var database = _harness.Database;
        await database.RunCommandAsync<BsonDocument>(new BsonDocument("profile", 2));
        Assert.Equal(700, (await _store.GetCollectionAsync(_collection))!.ImageCount);
        Assert.Equal(700, (await _store.GetLibraryAsync(Samples.LibraryId))!.ImageCount);
        await database.RunCommandAsync<BsonDocument>(new BsonDocument("profile", 0));
        var sums = await database.GetCollection<BsonDocument>("system.profile").Find(new BsonDocument("command.pipeline.1.$group.n", new BsonDocument("$exists", true))).ToListAsync();
        Assert.Equal(2, sums.Count);
        Assert.All(sums, sum => Assert.Equal(0, sum["docsExamined"].ToInt32()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a.b")]
    public void Options_DatabaseName_IsChecked(string name) => Assert.Throws<ArgumentException>(
        () => new MongoLibraryStore(new MongoStoreOptions { Client = new MongoClientSettings(), Database = name }));

    /// <summary>Puts two segments back to amid the split that made the second; answers the first as it is now, when all is done.</summary>
    private async Task<BsonDocument> LeaveSplitAsync(bool beforeTheOldSegmentWasShortened)
    {
        var segments = await SegmentsAsync();
        Assert.Equal(2, segments.Count);
        var shortened = segments[0].DeepClone().AsBsonDocument;
        if (beforeTheOldSegmentWasShortened)
        {
            // The old segment still holds everything, and the new one is there already.
            var whole = segments[0];
            whole["images"] = new BsonArray(segments.SelectMany(segment => segment["images"].AsBsonArray));
            whole["to"] = segments[1]["to"];
            whole["ids"] = new BsonArray(segments.SelectMany(segment => segment["ids"].AsBsonArray));
            whole["n"] = whole["count"] = 900;
            whole["freezing"] = new BsonDocument { { "token", Token }, { "parts", new BsonArray { segments[1]["_id"] } } };
            await _harness.Records.ReplaceOneAsync(new BsonDocument("_id", whole["_id"]), whole);
        }
        segments[1]["freezing"] = new BsonDocument { { "token", Token }, { "source", segments[0]["_id"] } };
        await _harness.Records.ReplaceOneAsync(new BsonDocument("_id", segments[1]["_id"]), segments[1]);
        return shortened;
    }

    private static PlanRecord Plan(string jobId, long page, params ImageRecord[] images) => new()
    {
        JobId = jobId,
        CollectionId = images[0].CollectionId,
        Page = page,
        Counts = new ScanCounts { Total = images.Length },
        Images = images,
    };

    private Task<bool> PlanAsync(long page, params ImageRecord[] images) => _store.RecordPlanAsync(Plan(JobId, page, images));

    private BatchRecord Batch(long number, ImageRecord[] images) => new()
    {
        JobId = JobId,
        CollectionId = _collection,
        Lane = 1,
        BatchNumber = number,
        Counts = new ScanCounts { Rendered = images.Length },
        Images = images,
    };

    private Task<List<BsonDocument>> SegmentsAsync() =>
        _harness.Records.Find(new BsonDocument("collection", _collection)).Sort(new BsonDocument("_id", 1)).ToListAsync();

    private Task<IReadOnlyList<ImageRecord>> AllAsync() => _store.ReadRangeAsync(_collection, null, null, int.MaxValue);
}
