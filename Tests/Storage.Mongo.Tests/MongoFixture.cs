using ImageLibrary.Tests.MongoServers;
using Xunit;

[assembly: AssemblyFixture(typeof(ImageLibrary.Tests.Storage.Mongo.MongoFixture))]

namespace ImageLibrary.Tests.Storage.Mongo;

/// <summary>A server alone and a replica set of one, shared by all tests; each test has a database of its own.</summary>
public sealed class MongoFixture : IAsyncLifetime
{
    private Mongod? _alone;
    private MongoReplicaSet? _set;

    public async ValueTask InitializeAsync()
    {
        if (MongodProgram.Path is not null)
        {
            var alone = Mongod.StartAsync();
            _set = await MongoReplicaSet.StartAsync(1);
            _alone = await alone;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_alone is not null)
        {
            await _alone.DisposeAsync();
        }
        if (_set is not null)
        {
            await _set.DisposeAsync();
        }
    }

    /// <summary>URL of one of the servers; skips the test when there is none.</summary>
    public string Url(ServerKind kind)
    {
        MongodProgram.PathOrSkip();
        return kind == ServerKind.Alone ? _alone!.Url : _set!.Url;
    }
}

/// <summary>Kinds of servers.</summary>
public enum ServerKind
{
    /// <summary>One server without replication: no transactions, no retryable writes.</summary>
    Alone,

    /// <summary>A replica set.</summary>
    ReplicaSet,
}
