using System.Collections.Concurrent;
using ImageLibrary.Tests.MongoServers;
using Xunit;

[assembly: AssemblyFixture(typeof(ImageLibrary.Tests.Storage.Mongo.MongoFixture))]

namespace ImageLibrary.Tests.Storage.Mongo;

/// <summary>A server alone and a replica set of one, shared by all tests; no two tests have a database at the same time.</summary>
public sealed class MongoFixture : IAsyncLifetime
{
    private readonly Databases _ofAlone = new();
    private readonly Databases _ofSet = new();
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

    /// <summary>The empty databases of one of the servers.</summary>
    public Databases DatabasesOf(ServerKind kind) => kind == ServerKind.Alone ? _ofAlone : _ofSet;

    /// <summary>Databases that tests have left empty, with their indexes.</summary>
    public sealed class Databases
    {
        private readonly ConcurrentBag<string> _empty = [];

        public static string NewName() => $"test-{Guid.NewGuid():n}";

        public string Take() => _empty.TryTake(out var name) ? name : NewName();

        public void GiveBack(string name) => _empty.Add(name);
    }
}
