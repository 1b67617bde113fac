using ImageLibrary.Tests.MongoServers;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Driver;

/// <summary>Cursors in batches, killed ones, and indexes of each kind.</summary>
public abstract class CursorAndIndexTests(MongoServer server, ServerKind kind) : CollectionTests(server, kind)
{
    [Fact]
    public async Task Cursor_OfBatches_GivesThemOneByOne()
    {
        var (people, _) = await FillAsync();
        var sizes = new List<int>();
        using var cursor = await people.Find(FilterDefinition<Person>.Empty, new FindOptions { BatchSize = 30 }).SortBy(person => person.Age).Skip(3).Limit(80).ToCursorAsync(Cancelled);
        var ages = new List<int>();
        while (await cursor.MoveNextAsync(Cancelled))
        {
            sizes.Add(cursor.Current.Count());
            ages.AddRange(cursor.Current.Select(person => person.Age));
        }
        Assert.Equal([30, 30, 20], sizes.Where(size => size > 0));
        Assert.Equal(Enumerable.Range(3, 80), ages);
    }

    [Fact]
    public async Task Cursor_DisposedOrKilled_IsGoneOnTheServer()
    {
        var (people, _) = await FillAsync();
        var name = people.CollectionNamespace.CollectionName;
        var cursor = await people.Find(FilterDefinition<Person>.Empty, new FindOptions { BatchSize = 2 }).ToCursorAsync(Cancelled);
        await cursor.MoveNextAsync(Cancelled);
        Assert.Single(await OpenCursorsAsync(name));
        cursor.Dispose();
        Assert.Empty(await OpenCursorsAsync(name));

        using var killed = await people.Find(FilterDefinition<Person>.Empty, new FindOptions { BatchSize = 2 }).ToCursorAsync(Cancelled);
        await killed.MoveNextAsync(Cancelled);
        await people.Database.RunCommandAsync<BsonDocument>(new BsonDocument { { "killCursors", name }, { "cursors", new BsonArray(await OpenCursorsAsync(name)) } }, cancellationToken: Cancelled);
        await Assert.ThrowsAsync<MongoCursorNotFoundException>(() => killed.MoveNextAsync(Cancelled));
    }

    [Fact]
    public async Task TailableCursor_OnACappedCollection_SeesWhatIsAdded()
    {
        var name = $"capped-{Guid.NewGuid():n}";
        await Database.CreateCollectionAsync(name, new CreateCollectionOptions { Capped = true, MaxSize = 1 << 20 }, Cancelled);
        var log = Database.GetCollection<Order>(name);
        await log.InsertOneAsync(new Order { Buyer = "first" }, cancellationToken: Cancelled);
        using var cursor = await log.Find(FilterDefinition<Order>.Empty, new FindOptions { CursorType = CursorType.TailableAwait, MaxAwaitTime = TimeSpan.FromSeconds(5) }).ToCursorAsync(Cancelled);
        await cursor.MoveNextAsync(Cancelled);
        Assert.Equal("first", cursor.Current.Single().Buyer);
        var next = cursor.MoveNextAsync(Cancelled);
        await log.InsertOneAsync(new Order { Buyer = "second" }, cancellationToken: Cancelled);
        Assert.True(await next);
        Assert.Equal("second", cursor.Current.Single().Buyer);
    }

    [Fact]
    public async Task Indexes_OfEachKind_AreCreatedListedAndDropped()
    {
        var (people, orders) = await FillAsync();
        var keys = Builders<Person>.IndexKeys;
        var names = (await people.Indexes.CreateManyAsync(
            [
                new(keys.Ascending(person => person.Name).Descending(person => person.Age)),
                new(keys.Text(person => person.Name), new CreateIndexOptions { Name = "words" }),
                new(keys.Hashed(person => person.Age)),
                new(keys.Wildcard("Attributes")),
                new(keys.Ascending("Tags.Key"), new CreateIndexOptions { Sparse = true }),
                new(keys.Ascending(person => person.Born), new CreateIndexOptions { ExpireAfter = TimeSpan.FromDays(18_000) }),
                new(keys.Ascending(person => person.Age), new CreateIndexOptions<Person> { Name = "adults", PartialFilterExpression = Builders<Person>.Filter.Gte(person => person.Age, 18), Unique = true }),
            ], Cancelled)).ToList();
        Assert.Equal(["Name_1_Age_-1", "words", "Age_hashed", "Attributes.$**_1", "Tags.Key_1", "Born_1", "adults"], names);
        Assert.Equal(10, await people.CountDocumentsAsync(Builders<Person>.Filter.Text("p7"), cancellationToken: Cancelled));
        var duplicate = await Assert.ThrowsAsync<MongoWriteException>(() => people.InsertOneAsync(NewPerson(50), cancellationToken: Cancelled));
        Assert.Equal(ServerErrorCategory.DuplicateKey, duplicate.WriteError.Category);
        await people.InsertOneAsync(NewPerson(5), cancellationToken: Cancelled);
        Assert.Equal(5, (await people.Find(person => person.Age == 5, new FindOptions { Hint = "Age_hashed" }).FirstAsync(Cancelled)).Age);
        await people.Indexes.DropOneAsync("words", Cancelled);
        var left = await (await people.Indexes.ListAsync(Cancelled)).ToListAsync(Cancelled);
        Assert.Equal(7, left.Count);
        await people.Indexes.DropAllAsync(Cancelled);
        var insensitive = new CreateIndexModel<Order>(
            Builders<Order>.IndexKeys.Ascending(order => order.Buyer), new CreateIndexOptions { Unique = true, Collation = new Collation("en", strength: CollationStrength.Secondary) });
        var refused = await Assert.ThrowsAsync<MongoCommandException>(() => orders.Indexes.CreateOneAsync(insensitive, cancellationToken: Cancelled));
        Assert.Equal(11000, refused.Code);
    }

    private async Task<List<BsonValue>> OpenCursorsAsync(string collection)
    {
        var pipeline = new EmptyPipelineDefinition<NoPipelineInput>()
            .AppendStage<NoPipelineInput, NoPipelineInput, BsonDocument>("{ $currentOp: { idleCursors: true } }")
            .Match(new BsonDocument { { "type", "idleCursor" }, { "ns", $"driver.{collection}" } });
        var open = await (await Client.GetDatabase("admin").AggregateAsync(pipeline, cancellationToken: Cancelled)).ToListAsync(Cancelled);
        return [.. open.Select(operation => operation["cursor"]["cursorId"])];
    }
}
