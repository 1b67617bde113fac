using ImageLibrary.Core;
using ImageLibrary.Storage.Mongo;
using ImageLibrary.Tests.MongoServers;
using ImageLibrary.Tests.Storage.Conformance;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Configuration;

namespace ImageLibrary.Tests.Storage.Mongo;

/// <summary>Stores in a database of their own on a shared server: a new one, or one that a former test has left empty.</summary>
public sealed class MongoHarness(MongoFixture servers, ServerKind kind, bool isNew = false) : IStoreHarness
{
    private readonly MongoFixture.Databases _databases = servers.DatabasesOf(kind);

    public string DatabaseName => field ??= isNew ? MongoFixture.Databases.NewName() : _databases.Take();

    /// <summary>The database, seen by the driver alone.</summary>
    public IMongoDatabase Database => new MongoClient(Settings()).GetDatabase(DatabaseName);

    public IMongoCollection<BsonDocument> Records => Database.GetCollection<BsonDocument>("records");

    public async Task<ILibraryStore> OpenAsync(TimeProvider time)
    {
        var store = Create(time);
        try
        {
            await store.InitializeAsync();
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    public MongoLibraryStore Create(TimeProvider? time = null, Action<ClusterBuilder>? configure = null, Microsoft.Extensions.Logging.ILogger<MongoLibraryStore>? log = null)
    {
        var settings = Settings();
        settings.ClusterConfigurator = configure;
        return new MongoLibraryStore(new MongoStoreOptions { Client = settings, Database = DatabaseName }, time, log);
    }

    public TestSize Size { get; } = TestSize.Of(sequences: 20, images: 20_000);

    public long WriteTransactions(ILibraryStore store) => ((MongoLibraryStore)store).WriteCommands;

    public long ImageWrites(ILibraryStore store) => ((MongoLibraryStore)store).ImageWrites;

    public Task MakeNewerAsync() => SetVersionAsync(1_000);

    /// <summary>Sets the version that the database says to have.</summary>
    public Task SetVersionAsync(int version) => Database.GetCollection<BsonDocument>("meta").UpdateOneAsync(
        new BsonDocument("_id", "schema"), new BsonDocument("$set", new BsonDocument("version", version)));

    public async ValueTask DisposeAsync()
    {
        using var client = new MongoClient(Settings());
        if (isNew)
        {
            await client.DropDatabaseAsync(DatabaseName);
            return;
        }
        // Making twenty indexes takes far longer than most tests do, so they stay.
        var database = client.GetDatabase(DatabaseName);
        await database.GetCollection<BsonDocument>("records").DeleteManyAsync(new BsonDocument());
        var meta = database.GetCollection<BsonDocument>("meta");
        await meta.DeleteManyAsync(new BsonDocument("_id", new BsonDocument("$ne", "schema")));
        await meta.UpdateOneAsync(new BsonDocument("_id", "schema"), new BsonDocument("$set", new BsonDocument("version", 0)));
        _databases.GiveBack(DatabaseName);
    }

    private MongoClientSettings Settings() => MongoConnection.Parse(servers.Url(kind)).Settings;
}
