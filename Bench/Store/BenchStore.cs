using ImageLibrary.Core;
using ImageLibrary.Storage.Mongo;
using ImageLibrary.Storage.Sqlite;
using ImageLibrary.Tests.MongoServers;

namespace ImageLibrary.Bench.Store;

/// <summary>An empty store: MongoDB on a server of its own, or SQLite in the server's data folder.</summary>
internal sealed class BenchStore : IAsyncDisposable
{
    private const string DatabaseName = "bench";
    private readonly Mongod? _mongod;

    private BenchStore(ILibraryStore store, Mongod? mongod, IReadOnlyList<string> arguments)
    {
        Library = store;
        _mongod = mongod;
        Arguments = arguments;
    }

    public ILibraryStore Library { get; }

    /// <summary>What the server is told, so that it uses this store.</summary>
    public IReadOnlyList<string> Arguments { get; }

    public static BenchStore OnSqlite(string dataFolder) => new(
        new SqliteLibraryStore(new SqliteStoreOptions { Path = Path.Combine(dataFolder, "library.db") }), null, []);

    public static async Task<BenchStore> OnMongoAsync()
    {
        var mongod = await Mongod.StartAsync();
        var url = mongod.Url.Replace("/?", $"/{DatabaseName}?", StringComparison.Ordinal);
        return new BenchStore(new MongoLibraryStore(MongoStoreOptions.Of(MongoConnection.Parse(url))), mongod, ["--mongo", url]);
    }

    public async ValueTask DisposeAsync()
    {
        await Library.DisposeAsync();
        if (_mongod is not null)
        {
            await _mongod.DisposeAsync();
        }
    }
}
