using ImageLibrary.Tests.MongoServers;
using MongoDB.Driver;
using Xunit;

[assembly: AssemblyFixture(typeof(ImageLibrary.Tests.MongoDb.Bson.Driver.MongoServer))]

namespace ImageLibrary.Tests.MongoDb.Bson.Driver;

/// <summary>A real mongod alone, and a replica set of one or, in the long form, of three. Without the program the tests are skipped.</summary>
public sealed class MongoServer : IAsyncLifetime
{
    private Mongod? _alone;
    private MongoReplicaSet? _set;
    private MongoClient? _clientOfAlone;
    private MongoClient? _clientOfSet;

    public async ValueTask InitializeAsync()
    {
        if (MongodProgram.Path is not null)
        {
            var alone = Mongod.StartAsync();
            _set = await MongoReplicaSet.StartAsync(TestForm.Count(quick: 1, all: 3));
            _clientOfSet = _set.NewClient();
            _alone = await alone;
            _clientOfAlone = new MongoClient(new MongoClientSettings { Server = new MongoServerAddress("127.0.0.1", _alone.Port), DirectConnection = true });
        }
    }

    public async ValueTask DisposeAsync()
    {
        _clientOfAlone?.Dispose();
        _clientOfSet?.Dispose();
        if (_alone is not null)
        {
            await _alone.DisposeAsync();
        }
        if (_set is not null)
        {
            await _set.DisposeAsync();
        }
    }

    /// <summary>URL of the server or of the replica set.</summary>
    public string Url(ServerKind kind) => kind == ServerKind.Alone ? _alone!.Url : _set!.Url;

    /// <summary>A client of the server or of the replica set; skips the test when there is none.</summary>
    public MongoClient ClientOrSkip(ServerKind kind)
    {
        MongodProgram.PathOrSkip();
        return kind == ServerKind.Alone ? _clientOfAlone! : _clientOfSet!;
    }
}
