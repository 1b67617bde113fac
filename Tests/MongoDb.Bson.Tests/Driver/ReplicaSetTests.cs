using System.Collections.Concurrent;
using ImageLibrary.Tests.MongoServers;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Events;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Driver;

/// <summary>What needs a replica set: transactions, change streams, sessions that read what they or others have written.</summary>
public sealed class ReplicaSetTests(MongoServer server) : CollectionTests(server, ServerKind.ReplicaSet)
{
    [Fact]
    public async Task Transaction_CommittedAndAborted_HoldsAsAWhole()
    {
        var (people, orders) = await FillAsync();
        using var session = await Client.StartSessionAsync(cancellationToken: Cancelled);
        await session.WithTransactionAsync(
            async (handle, token) =>
            {
                await people.InsertOneAsync(handle, NewPerson(1000), cancellationToken: token);
                return await orders.UpdateOneAsync(handle, order => order.Buyer == "P1", Builders<Order>.Update.Set(order => order.Total, 3m), cancellationToken: token);
            },
            cancellationToken: Cancelled);
        session.StartTransaction();
        await people.InsertOneAsync(session, NewPerson(2000), cancellationToken: Cancelled);
        await session.AbortTransactionAsync(Cancelled);
        Assert.Equal(1, await people.CountDocumentsAsync(person => person.Age >= 1000, cancellationToken: Cancelled));
    }

    [Fact]
    public async Task ChangeStream_ResumedAfterAToken_ContinuesThere()
    {
        var (people, _) = await FillAsync();
        var pipeline = new EmptyPipelineDefinition<ChangeStreamDocument<Person>>();
        var options = new ChangeStreamOptions { FullDocument = ChangeStreamFullDocumentOption.UpdateLookup };
        BsonDocument token;
        using (var changes = await people.WatchAsync(pipeline, options, Cancelled))
        {
            await people.InsertOneAsync(NewPerson(1000), cancellationToken: Cancelled);
            Assert.Equal(1000, Assert.Single(await NextAsync(changes, 1)).FullDocument.Age);
            token = changes.GetResumeToken();
        }
        await people.UpdateOneAsync(person => person.Age == 1000, Builders<Person>.Update.Set(person => person.Age, 1001), cancellationToken: Cancelled);
        options.ResumeAfter = token;
        using var resumed = await people.WatchAsync(pipeline, options, Cancelled);
        var change = Assert.Single(await NextAsync(resumed, 1));
        Assert.Equal((ChangeStreamOperationType.Update, 1001), (change.OperationType, change.UpdateDescription.UpdatedFields["Age"].AsInt32));
    }

    [Fact]
    public async Task ChangeStream_OfDatabaseAndClient_TellsTheCollection()
    {
        var options = new ChangeStreamOptions { FullDocument = ChangeStreamFullDocumentOption.UpdateLookup };
        var (one, two) = (Collection<Order>().CollectionNamespace, Collection<Order>().CollectionNamespace);
        var elsewhere = Client.GetDatabase("driver-other").GetCollection<Order>(one.CollectionName);
        var pipeline = new EmptyPipelineDefinition<ChangeStreamDocument<BsonDocument>>()
            .Match(new BsonDocument("ns.coll", new BsonDocument("$in", new BsonArray { one.CollectionName, two.CollectionName })));
        using var ofDatabase = await Database.WatchAsync(pipeline, options, Cancelled);
        using var ofClient = await Client.WatchAsync(pipeline, options, Cancelled);
        await elsewhere.InsertOneAsync(new Order { Buyer = "elsewhere" }, cancellationToken: Cancelled);
        await Database.GetCollection<Order>(one.CollectionName).InsertOneAsync(new Order { Buyer = "one" }, cancellationToken: Cancelled);
        await Database.GetCollection<Order>(two.CollectionName).InsertOneAsync(new Order { Buyer = "two" }, cancellationToken: Cancelled);
        await Database.DropCollectionAsync(one.CollectionName, Cancelled);
        Assert.Equal(
            [(one, ChangeStreamOperationType.Insert, "one"), (two, ChangeStreamOperationType.Insert, "two"), (one, ChangeStreamOperationType.Drop, null)],
            (await NextAsync(ofDatabase, 3)).Select(Described));
        Assert.Equal(
            [(elsewhere.CollectionNamespace, ChangeStreamOperationType.Insert, "elsewhere"), (one, ChangeStreamOperationType.Insert, "one")],
            (await NextAsync(ofClient, 2)).Select(Described));
    }

    [Fact]
    public async Task ChangeStream_FromATime_BeginsThere()
    {
        var (people, _) = await FillAsync();
        using var session = await Client.StartSessionAsync(cancellationToken: Cancelled);
        await people.InsertOneAsync(session, NewPerson(1000), cancellationToken: Cancelled);
        await people.InsertOneAsync(NewPerson(1001), cancellationToken: Cancelled);
        var options = new ChangeStreamOptions { StartAtOperationTime = session.OperationTime };
        using var changes = await people.WatchAsync(options, Cancelled);
        Assert.Equal([1000, 1001], (await NextAsync(changes, 2)).Select(change => change.FullDocument.Age));
    }

    [Fact]
    public async Task CausalSession_AfterAWrite_ReadsNotBeforeIt()
    {
        var (people, _) = await FillAsync();
        var finds = new ConcurrentQueue<BsonDocument>();
        using var client = Listening("find", finds);
        var seen = client.GetDatabase(people.Database.DatabaseNamespace.DatabaseName).GetCollection<Person>(people.CollectionNamespace.CollectionName)
            .WithReadConcern(ReadConcern.Majority).WithReadPreference(ReadPreference.SecondaryPreferred);
        using var writing = await Client.StartSessionAsync(cancellationToken: Cancelled);
        await people.InsertOneAsync(writing, NewPerson(1000), cancellationToken: Cancelled);
        using var reading = await client.StartSessionAsync(new ClientSessionOptions { CausalConsistency = true }, Cancelled);
        reading.AdvanceClusterTime(writing.ClusterTime);
        reading.AdvanceOperationTime(writing.OperationTime);
        Assert.Equal("P0", (await seen.Find(reading, person => person.Age == 1000).SingleAsync(Cancelled)).Name);
        Assert.Equal(new BsonDocument { { "level", "majority" }, { "afterClusterTime", writing.OperationTime } }, Assert.Single(finds)["readConcern"]);
        Assert.True(reading.OperationTime >= writing.OperationTime);
    }

    [Fact]
    public async Task SnapshotSession_AfterItsFirstRead_SeesNoLaterWrite()
    {
        var (people, orders) = await FillAsync();
        using var session = await Client.StartSessionAsync(new ClientSessionOptions { Snapshot = true }, Cancelled);
        Assert.Equal(100, await people.CountDocumentsAsync(session, FilterDefinition<Person>.Empty, cancellationToken: Cancelled));
        await people.InsertOneAsync(NewPerson(1000), cancellationToken: Cancelled);
        await orders.DeleteManyAsync(FilterDefinition<Order>.Empty, Cancelled);
        Assert.Null(await people.Find(session, person => person.Age == 1000).FirstOrDefaultAsync(Cancelled));
        Assert.Equal(20, (await orders.Aggregate(session).Count().SingleAsync(Cancelled)).Count);
        Assert.Equal(101, await people.CountDocumentsAsync(FilterDefinition<Person>.Empty, cancellationToken: Cancelled));
    }

    [Fact]
    public async Task ReadAndWriteConcernMajority_OfACollection_GoWithEachCommand()
    {
        var commands = new ConcurrentQueue<BsonDocument>();
        using var client = Listening("aggregate", commands);
        var orders = client.GetDatabase("driver").GetCollection<Order>(Collection<Order>().CollectionNamespace.CollectionName)
            .WithReadConcern(ReadConcern.Majority).WithWriteConcern(WriteConcern.WMajority.With(journal: true));
        await orders.InsertOneAsync(new Order { Total = 2.5m }, cancellationToken: Cancelled);
        // The majority has the write before the insert returns, so that this read must see it.
        Assert.Equal(2.5m, (await orders.Aggregate().Match(order => order.Total > 2).SingleAsync(Cancelled)).Total);
        Assert.Equal("majority", Assert.Single(commands)["readConcern"]["level"]);
    }

    private static (CollectionNamespace Collection, ChangeStreamOperationType Operation, string? Buyer) Described(ChangeStreamDocument<BsonDocument> change) =>
        (change.CollectionNamespace, change.OperationType, change.FullDocument?["Buyer"].AsString);

    private MongoClient Listening(string command, ConcurrentQueue<BsonDocument> commands)
    {
        var settings = Client.Settings.Clone();
        settings.ClusterConfigurator = cluster => cluster.Subscribe<CommandStartedEvent>(started =>
        {
            if (started.CommandName == command)
            {
                commands.Enqueue(started.Command.DeepClone().AsBsonDocument);
            }
        });
        return new MongoClient(settings);
    }

    private static async Task<List<ChangeStreamDocument<T>>> NextAsync<T>(IChangeStreamCursor<ChangeStreamDocument<T>> changes, int count)
    {
        var next = new List<ChangeStreamDocument<T>>();
        while (next.Count < count && await changes.MoveNextAsync(Cancelled))
        {
            next.AddRange(changes.Current);
        }
        return next[..count];
    }
}
