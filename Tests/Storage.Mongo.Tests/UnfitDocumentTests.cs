using ImageLibrary.Core;
using ImageLibrary.Storage.Mongo;
using ImageLibrary.Tests.MongoServers;
using ImageLibrary.Tests.Storage.Conformance;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace ImageLibrary.Tests.Storage.Mongo;

/// <summary>Whatever one stored document is made of, lists show the others, and nothing but the store's own errors comes out.</summary>
public sealed class UnfitDocumentTests(MongoFixture servers) : IAsyncLifetime
{
    private const string JobId = "job-1";
    private static readonly BsonValue[] Wrong = IsLong ? [new BsonDocument("x", 1), "", 5, true, new BsonArray { "y" }] : [new BsonDocument("x", 1), ""];

    private static bool IsLong => Environment.GetEnvironmentVariable("IMAGELIBRARY_TEST_ALL") == "1";

    private readonly MongoHarness _harness = new(servers, ServerKind.Alone, isNew: true);
    private readonly WarningList _warnings = new();
    private MongoLibraryStore _store = null!;
    private string[] _collections = [];

    public async ValueTask InitializeAsync()
    {
        _store = _harness.Create(log: _warnings);
        await _store.InitializeAsync();
        await _store.AddLibraryAsync(Samples.Library());
        await _store.AddJobAsync(Samples.Job(JobId));
        await _store.AddJobAsync(Samples.Job("job-2"));
        _collections = [.. (await _store.UpsertDiscoveredAsync(Samples.LibraryId, JobId, [Samples.Found("a"), Samples.Found("b")])).Select(item => item.Id)];
        foreach (var collection in _collections)
        {
            await _store.RecordPlanAsync(new PlanRecord
            {
                JobId = JobId,
                CollectionId = collection,
                Page = 1,
                Counts = new ScanCounts(),
                Images = [Samples.Ready(collection, "1.jpg"), Samples.Ready(collection, "2.jpg")],
            });
        }
        await _store.RecordBatchAsync(new BatchRecord
        {
            JobId = JobId,
            CollectionId = _collections[0],
            Lane = 1,
            BatchNumber = 1,
            Counts = new ScanCounts(),
            Images = [Samples.Failed(_collections[0], "3.jpg")],
            Failures = [Samples.Failure("a/3.jpg"), Samples.Failure("a/4.jpg")],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _harness.DisposeAsync();
    }

    [Fact]
    public Task Collections_WithOneThatDoesNotFit_AreListed() => ForEachFieldAsync($"c/{_collections[0]}", async () =>
    {
        foreach (var sort in Enum.GetValues<CollectionSort>())
        {
            var listed = await _store.ListCollectionsAsync(new CollectionQuery { Sort = sort }, new PageRequest(10));
            Assert.Contains(_collections[1], listed.Items.Select(item => item.Id));
        }
        await TryAsync(() => _store.GetCollectionAsync(_collections[0]));
        await TryAsync(() => _store.UpsertDiscoveredAsync(Samples.LibraryId, JobId, [Samples.Found("a")]));
        await TryAsync(() => _store.ListAllCollectionsAsync(Samples.LibraryId, null, 10));
    });

    [Fact]
    public Task Jobs_WithOneThatDoesNotFit_AreListedAndFollowed() => ForEachFieldAsync($"j/{JobId}", async () =>
    {
        Assert.Contains("job-2", (await _store.ListJobsAsync(new JobQuery(), new PageRequest(10))).Items.Select(job => job.Id));
        Assert.Contains("job-2", (await _store.ListJobChangesAsync(null)).Jobs.Select(job => job.Id));
        await TryAsync(() => _store.GetJobAsync(JobId));
    });

    [Fact]
    public async Task Failures_WithOneThatDoesNotFit_AreListed()
    {
        var all = (await _store.ListFailuresAsync(JobId, new PageRequest(10))).Items;
        var first = await _harness.Records.Find(new BsonDocument("_id", new BsonDocument("$gt", $"f/{JobId}/"))).Sort(new BsonDocument("_id", 1)).FirstAsync();
        await ForEachFieldAsync(first["_id"].AsString, async () =>
        {
            var page = await _store.ListFailuresAsync(JobId, new PageRequest(1));
            var next = await _store.ListFailuresAsync(JobId, new PageRequest(1, page.NextCursor));
            Assert.Equal(all[1].Path, Assert.Single(next.Items).Path);
        });
    }

    [Fact]
    public async Task Images_WithOneThatDoesNotFit_AreListed()
    {
        var segment = await _harness.Records.Find(new BsonDocument("collection", _collections[1])).FirstAsync();
        var fields = segment["images"][0].AsBsonDocument.Names.Select(name => $"images.0.{name}").Concat(["library", "collection"]);
        await ForEachAsync(_harness.Records, segment, fields, async () =>
        {
            var listed = await _store.ListImagesAsync(_collections[1], new PageRequest(10));
            if (listed.Items.Count > 0)
            {
                Assert.Contains("2.jpg", listed.Items.Select(image => image.Path));
            }
            await TryAsync(() => _store.GetImageAsync(StableId.ForImage(_collections[1], "1.jpg")));
            await TryAsync(() => _store.FindByContentAsync(Samples.LibraryId, ["00112233445566778899aabbccddeeff"]));
        });
    }

    [Fact]
    public async Task Libraries_WithOneThatDoesNotFit_AreListed()
    {
        await _store.AddLibraryAsync(Samples.Library("other", "/other"));
        var meta = _harness.Database.GetCollection<BsonDocument>("meta");
        var document = await meta.Find(new BsonDocument("_id", "libraries")).FirstAsync();
        var first = document["libraries"][0].AsBsonDocument;
        var fields = first.Names.Select(name => $"libraries.0.{name}")
            .Concat(first["settings"].AsBsonDocument.Names.Select(name => $"libraries.0.settings.{name}")).Append("libraries.0");
        await ForEachAsync(meta, document, fields, async () =>
        {
            Assert.Contains("other", (await _store.ListLibrariesAsync(new PageRequest(10))).Items.Select(library => library.Id));
            await TryAsync(() => _store.GetLibraryAsync(Samples.LibraryId));
        });
    }

    private async Task ForEachFieldAsync(string id, Func<Task> check)
    {
        var document = await _harness.Records.Find(new BsonDocument("_id", id)).FirstAsync();
        await ForEachAsync(_harness.Records, document, document.Names.Where(name => name != "_id"), check);
    }

    private async Task ForEachAsync(IMongoCollection<BsonDocument> documents, BsonDocument document, IEnumerable<string> fields, Func<Task> check)
    {
        var filter = new BsonDocument("_id", document["_id"]);
        foreach (var field in fields.ToList())
        {
            foreach (var change in Wrong.Select(value => new BsonDocument("$set", new BsonDocument(field, value))).Append(new BsonDocument("$unset", new BsonDocument(field, 1))))
            {
                await documents.UpdateOneAsync(filter, change);
                try
                {
                    await check();
                }
                catch (Exception exception) when (exception is not OutOfMemoryException)
                {
                    throw new InvalidOperationException($"{change.ToJson()} of {document["_id"]}", exception);
                }
            }
            await documents.ReplaceOneAsync(filter, document);
        }
        Assert.NotEmpty(_warnings.Messages);
    }

    private static async Task TryAsync<T>(Func<Task<T>> call)
    {
        try
        {
            await call();
        }
        catch (StoreException)
        {
            // The only kind of error that there may be.
        }
    }
}
