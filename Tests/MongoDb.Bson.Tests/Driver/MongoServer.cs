using ImageLibrary.Tests.MongoServers;
using MongoDB.Driver;
using Xunit;

[assembly: AssemblyFixture(typeof(ImageLibrary.Tests.MongoDb.Bson.Driver.MongoServer))]

namespace ImageLibrary.Tests.MongoDb.Bson.Driver;

/// <summary>A replica set of one real mongod, or of three in the long form. Without the program its tests are skipped.</summary>
public sealed class MongoServer : IAsyncLifetime
{
    private MongoReplicaSet? _set;
    private MongoClient? _client;

    public async ValueTask InitializeAsync()
    {
        if (MongodProgram.Path is not null)
        {
            _set = await MongoReplicaSet.StartAsync(TestForm.Count(quick: 1, all: 3));
            _client = _set.NewClient();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_set is not null)
        {
            await _set.DisposeAsync();
        }
    }

    /// <summary>URL of the replica set.</summary>
    public string Url => _set!.Url;

    /// <summary>A client of the replica set; skips the test when there is none.</summary>
    public MongoClient ClientOrSkip()
    {
        MongodProgram.PathOrSkip();
        return _client!;
    }
}
