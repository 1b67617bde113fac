using ImageLibrary.Core;
using ImageLibrary.Storage.Mongo;
using ImageLibrary.Tests.MongoServers;
using ImageLibrary.Tests.Storage.Conformance;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace ImageLibrary.Tests.Storage.Mongo;

/// <summary>What the start makes of servers, databases and indexes that are not as the store has left them.</summary>
public sealed class SchemaTests(MongoFixture servers) : IAsyncLifetime
{
    private const string JobId = "job-1";
    private readonly MongoHarness _harness = new(servers, ServerKind.Alone, isNew: true);
    private MongoLibraryStore _store = null!;
    private string _collection = "";

    public async ValueTask InitializeAsync()
    {
        _store = _harness.Create();
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
    public async Task Initialize_IndexDropped_MakesItAnew()
    {
        var before = await IndexesAsync();
        Assert.Equal(RecordIndexes.All.Count + 1, before.Count);
        await _harness.Records.Indexes.DropOneAsync(RecordIndexes.Images);
        await Assert.ThrowsAsync<StoreException>(() => _store.GetImageAsync("x"));
        await _store.InitializeAsync();
        Assert.Equal(before, await IndexesAsync());
        Assert.Null(await _store.GetImageAsync("x"));
    }

    [Fact]
    public async Task Initialize_DatabaseOfTheFirstVersion_SumsUpItsDerivatives()
    {
        await PlanAsync(_collection, page: 1);
        var before = await EverythingAsync();
        var expected = DerivativeSum.Of(Samples.Ready(_collection, "1.jpg").Derivatives);
        Assert.Equal(expected, await _store.SumDerivativesAsync());
        await _harness.Records.UpdateManyAsync(
            FilterDefinition<BsonDocument>.Empty, Builders<BsonDocument>.Update.Unset("files").Unset("bytes"));
        await _harness.Records.Indexes.DropOneAsync(RecordIndexes.LibrarySums);
        await _harness.Records.Indexes.CreateOneAsync(new CreateIndexModel<BsonDocument>(
            BsonDocument.Parse("""{"library":1,"collection":1,"n":1}"""), new CreateIndexOptions { Name = "library_images", Sparse = true }));
        await _harness.SetVersionAsync(1);
        await _store.InitializeAsync();
        Assert.Equal(before, await EverythingAsync());
        Assert.Equal(expected, await _store.SumDerivativesAsync());
    }

    [Theory]
    [InlineData("words", """{"images.words":1}""")]
    [InlineData("theirs", """{"words":1}""")]
    public async Task Initialize_IndexThatStandsInTheWay_IsNamedAndLeftAlone(string name, string fields)
    {
        await _harness.Records.Indexes.DropOneAsync(RecordIndexes.Words);
        await _harness.Records.Indexes.CreateOneAsync(new CreateIndexModel<BsonDocument>(BsonDocument.Parse(fields), new CreateIndexOptions { Name = name, Sparse = true }));
        var before = await IndexesAsync();
        var refused = await Assert.ThrowsAsync<StoreException>(() => _store.InitializeAsync());
        Assert.Contains("drop it", refused.Message, StringComparison.Ordinal);
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        Assert.Contains($"{_harness.DatabaseName}.records", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await IndexesAsync());
        await _harness.Records.Indexes.DropOneAsync(name);
        await _store.InitializeAsync();
        Assert.Contains(await IndexesAsync(), index => index["name"] == RecordIndexes.Words && index["key"] == new BsonDocument("words", 1));
    }

    [Fact]
    public async Task Initialize_NewerDatabase_IsRefusedAndLeftAsItIs()
    {
        await _harness.MakeNewerAsync();
        await _harness.Records.Indexes.DropOneAsync(RecordIndexes.Words);
        var before = await EverythingAsync();
        var refused = await Assert.ThrowsAsync<StoreException>(() => _harness.OpenAsync(TimeProvider.System));
        Assert.Contains("schema version 1000", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"this one knows {StoreSchema.Version}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await EverythingAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("en")]
    public async Task Record_RefusedByAForeignUniqueIndex_NamesIt(string? locale)
    {
        var options = new CreateIndexOptions { Name = "their paths", Unique = true, Sparse = true, Collation = locale is null ? null : new Collation(locale) };
        await _harness.Records.Indexes.CreateOneAsync(new CreateIndexModel<BsonDocument>(new BsonDocument("images.path", 1), options));
        await PlanAsync(_collection, page: 1);
        var other = (await _store.UpsertDiscoveredAsync(Samples.LibraryId, JobId, [Samples.Found("b")]))[0].Id;
        var refused = await Assert.ThrowsAsync<StoreException>(() => PlanAsync(other, page: 1));
        Assert.Contains("'their paths'", refused.Message, StringComparison.Ordinal);
        await _harness.Records.Indexes.DropOneAsync("their paths");
        Assert.True(await PlanAsync(other, page: 1));
        Assert.Equal(2, (await _store.GetLibraryAsync(Samples.LibraryId))!.ImageCount);
    }

    private Task<bool> PlanAsync(string collection, long page) => _store.RecordPlanAsync(new PlanRecord
    {
        JobId = JobId,
        CollectionId = collection,
        Page = page,
        Counts = new ScanCounts { Total = 1 },
        Images = [Samples.Ready(collection, "1.jpg")],
    });

    private async Task<List<BsonDocument>> IndexesAsync() =>
        [.. (await (await _harness.Records.Indexes.ListAsync()).ToListAsync()).OrderBy(index => index["name"])];

    private async Task<List<BsonDocument>> EverythingAsync()
    {
        var meta = await _harness.Database.GetCollection<BsonDocument>("meta").Find(FilterDefinition<BsonDocument>.Empty).ToListAsync();
        var records = await _harness.Records.Find(FilterDefinition<BsonDocument>.Empty).ToListAsync();
        return [.. meta, .. records, .. await IndexesAsync()];
    }
}
