using ImageLibrary.Tests.MongoServers;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Driver;

/// <summary>What goes on by itself when the primary steps down: a set of its own, of three servers in the long form.</summary>
public sealed class StepDownTests : IAsyncLifetime
{
    private MongoReplicaSet _set = null!;
    private MongoClient _client = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _set = await MongoReplicaSet.StartAsync(TestForm.Count(quick: 1, all: 3));
        _client = _set.NewClient();
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_set is not null)
        {
            await _set.DisposeAsync();
        }
    }

    [Fact]
    public async Task WritesChangeStreamAndTransaction_AcrossAStepDown_LoseNothing()
    {
        var numbers = _client.GetDatabase("steps").GetCollection<BsonDocument>("numbers").WithWriteConcern(WriteConcern.WMajority);
        await numbers.InsertOneAsync(new BsonDocument("_id", 0), cancellationToken: Cancelled);
        using var changes = await numbers.WatchAsync(cancellationToken: Cancelled);
        var steps = TestForm.Count(quick: 1, all: 5);
        var written = 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var writing = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await numbers.InsertOneAsync(new BsonDocument("_id", ++written), cancellationToken: Cancelled);
                }
            },
            Cancelled);
        for (var step = 0; step < steps; step++)
        {
            await _set.StepDownAsync();
        }
        var before = Volatile.Read(ref written);
        while (Volatile.Read(ref written) < before + 5 && !writing.IsCompleted)
        {
            await Task.Delay(10, Cancelled);
        }
        await stop.CancelAsync();
        await writing;
        await AssertSeenAsync(changes, written);
        await TransactionAsync(numbers, written + 1);
        Assert.Equal(written + 2, await numbers.CountDocumentsAsync(FilterDefinition<BsonDocument>.Empty, cancellationToken: Cancelled));
    }

    private static async Task AssertSeenAsync(IChangeStreamCursor<ChangeStreamDocument<BsonDocument>> changes, int last)
    {
        var seen = new List<int>();
        while (seen.Count < last && await changes.MoveNextAsync(Cancelled))
        {
            seen.AddRange(changes.Current.Select(change => change.DocumentKey["_id"].AsInt32));
        }
        Assert.Equal(Enumerable.Range(1, last), seen);
    }

    // The primary steps down after the transaction's first write; whoever sees the label starts the whole again.
    private async Task TransactionAsync(IMongoCollection<BsonDocument> numbers, int id)
    {
        using var session = await _client.StartSessionAsync(cancellationToken: Cancelled);
        session.StartTransaction();
        await numbers.InsertOneAsync(session, new BsonDocument("_id", id), cancellationToken: Cancelled);
        await _set.StepDownAsync();
        var lost = await Assert.ThrowsAnyAsync<MongoException>(() => session.CommitTransactionAsync(Cancelled));
        Assert.True(lost.HasErrorLabel("TransientTransactionError"), lost.Message);
        session.StartTransaction();
        await numbers.InsertOneAsync(session, new BsonDocument("_id", id), cancellationToken: Cancelled);
        await session.CommitTransactionAsync(Cancelled);
    }
}
