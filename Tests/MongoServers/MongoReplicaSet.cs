using MongoDB.Bson;
using MongoDB.Driver;

namespace ImageLibrary.Tests.MongoServers;

/// <summary>A replica set of real servers.</summary>
public sealed class MongoReplicaSet : IAsyncDisposable
{
    private const string Name = "rs0";
    private static readonly TimeSpan ElectionDeadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ProbeDeadline = TimeSpan.FromSeconds(2);
    private readonly List<Mongod> _members = [];

    private MongoReplicaSet()
    {
    }

    /// <summary>The servers.</summary>
    public IReadOnlyList<Mongod> Members => _members;

    /// <summary>URL of the whole set.</summary>
    public string Url => $"mongodb://{string.Join(',', _members.Select(member => member.Address))}/?replicaSet={Name}";

    /// <summary>Starts a set and waits for its primary. Skips the test when the program is missing.</summary>
    /// <param name="members">Number of servers.</param>
    /// <param name="arguments">Arguments of each server.</param>
    public static async Task<MongoReplicaSet> StartAsync(int members, params string[] arguments)
    {
        var set = new MongoReplicaSet();
        try
        {
            set._members.AddRange(await Task.WhenAll(Enumerable.Range(0, members).Select(_ => Mongod.StartAsync([.. arguments, "--replSet", Name]))));
            var list = set._members.Select((member, index) => new BsonDocument { { "_id", index }, { "host", member.Address } });
            // The default of ten seconds without a primary would be most of the time that a test of step-downs takes.
            var configuration = new BsonDocument
            {
                { "_id", Name }, { "members", new BsonArray(list) }, { "settings", new BsonDocument { { "electionTimeoutMillis", 2000 }, { "heartbeatIntervalMillis", 500 } } },
            };
            using (var client = Direct(set._members[0], ElectionDeadline))
            {
                await client.GetDatabase("admin").RunCommandAsync<BsonDocument>(new BsonDocument("replSetInitiate", configuration));
            }
            await set.PrimaryAsync();
            return set;
        }
        catch
        {
            await set.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client of the whole set, or of its only server.</summary>
    public MongoClient NewClient() => new(new MongoClientSettings
    {
        Servers = _members.Select(member => new MongoServerAddress("127.0.0.1", member.Port)),
        ReplicaSetName = Name,
    });

    /// <summary>Waits until a server is primary, and tells which.</summary>
    /// <param name="other">A server that shall not be it any more.</param>
    public async Task<Mongod> PrimaryAsync(Mongod? other = null)
    {
        using var deadline = new CancellationTokenSource(ElectionDeadline);
        while (true)
        {
            foreach (var member in _members.Where(member => member != other))
            {
                if (await IsPrimaryAsync(member, deadline.Token))
                {
                    return member;
                }
            }
            await Task.Delay(50, deadline.Token);
        }
    }

    /// <summary>Makes the primary step down, and waits for the next one: itself after a second, where it is the only server.</summary>
    public async Task<Mongod> StepDownAsync()
    {
        var alone = _members.Count == 1;
        var command = new BsonDocument { { "replSetStepDown", alone ? 1 : 10 }, { "secondaryCatchUpPeriodSecs", alone ? 0 : 5 }, { "force", alone } };
        using var deadline = new CancellationTokenSource(ElectionDeadline);
        while (true)
        {
            var primary = await PrimaryAsync();
            using var client = Direct(primary, ElectionDeadline);
            try
            {
                await client.GetDatabase("admin").RunCommandAsync<BsonDocument>(command, cancellationToken: deadline.Token);
                return await PrimaryAsync(alone ? null : primary);
            }
            catch (MongoCommandException exception) when (exception.CodeName == "ExceededTimeLimit")
            {
                // Whoever stepped down a moment ago cannot be elected yet.
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members)
        {
            await member.DisposeAsync();
        }
    }

    private static async Task<bool> IsPrimaryAsync(Mongod member, CancellationToken cancellationToken)
    {
        using var client = Direct(member, ProbeDeadline);
        try
        {
            var hello = await client.GetDatabase("admin").RunCommandAsync<BsonDocument>(new BsonDocument("hello", 1), cancellationToken: cancellationToken);
            return hello.GetValue("isWritablePrimary", false).ToBoolean();
        }
        catch (Exception exception) when (exception is MongoException or TimeoutException)
        {
            return false;
        }
    }

    private static MongoClient Direct(Mongod member, TimeSpan patience) => new(new MongoClientSettings
    {
        Server = new MongoServerAddress("127.0.0.1", member.Port),
        DirectConnection = true,
        ServerSelectionTimeout = patience,
    });
}
