using ImageLibrary.Tests.MongoServers;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Driver;

/// <summary>Operations on whole collections, deletes, distinct values, and the calls that block.</summary>
public abstract class OperationTests(MongoServer server, ServerKind kind) : CollectionTests(server, kind)
{
    [Fact]
    public async Task Counts_EstimatedAndExact_AreOfAllDocumentsAndOfTheFilter()
    {
        var (people, _) = await FillAsync();
        Assert.Equal(100, await people.EstimatedDocumentCountAsync(cancellationToken: Cancelled));
        Assert.Equal(3, await people.CountDocumentsAsync(person => person.Name == "P3", new CountOptions { Skip = 2, Limit = 3 }, Cancelled));
        Assert.Equal(0, await Collection<Person>().EstimatedDocumentCountAsync(cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Deletes_OfOneAndOfMany_TellHowMany()
    {
        var (people, orders) = await FillAsync();
        Assert.Equal(1, (await people.DeleteOneAsync(person => person.Name == "P3", Cancelled)).DeletedCount);
        Assert.Equal(9, await people.CountDocumentsAsync(person => person.Name == "P3", cancellationToken: Cancelled));
        Assert.Equal(0, (await people.DeleteOneAsync(person => person.Name == "nobody", Cancelled)).DeletedCount);
        Assert.Equal(9, (await people.DeleteManyAsync(person => person.Name == "P3", Cancelled)).DeletedCount);
        var hinted = await people.DeleteManyAsync(Builders<Person>.Filter.Lt(person => person.Age, 10), new DeleteOptions { Hint = "_id_" }, Cancelled);
        Assert.Equal(9, hinted.DeletedCount);
        var unacknowledged = await orders.WithWriteConcern(WriteConcern.Unacknowledged).DeleteOneAsync(order => order.Buyer == "nobody", Cancelled);
        Assert.False(unacknowledged.IsAcknowledged);
        Assert.Equal((81, 20), (await people.EstimatedDocumentCountAsync(cancellationToken: Cancelled), await orders.EstimatedDocumentCountAsync(cancellationToken: Cancelled)));
    }

    [Fact]
    public async Task Distinct_OfScalarsArraysAndEnums_GivesEachValueOnce()
    {
        var (people, _) = await FillAsync();
        var young = Builders<Person>.Filter.Lt(person => person.Age, 3);
        Assert.Equal(["P0", "P1", "P2"], (await (await people.DistinctAsync(person => person.Name, young, cancellationToken: Cancelled)).ToListAsync(Cancelled)).Order());
        Assert.Equal([Colour.Red, Colour.Green], (await (await people.DistinctAsync(person => person.Favourite, young, cancellationToken: Cancelled)).ToListAsync(Cancelled)).Order());
        Assert.Equal(
            [new Tag("t0", 0), new Tag("t1", 1), new Tag("t2", 2)],
            (await (await people.DistinctManyAsync(person => person.Tags, young, cancellationToken: Cancelled)).ToListAsync(Cancelled)).OrderBy(tag => tag.Weight));
        Assert.Equal([0, 1, 2], people.Distinct<int>("Tags.Weight", young, cancellationToken: Cancelled).ToList(Cancelled).Order());
        Assert.Equal([new Tag("t0", 0)], people.DistinctMany(person => person.Tags, Builders<Person>.Filter.Eq(person => person.Age, 0), cancellationToken: Cancelled).ToList(Cancelled));
    }

    [Fact]
    public void BlockingCalls_OfEachKind_DoWhatTheOthersDo()
    {
        var people = Collection<Person>();
        var update = Builders<Person>.Update;
        people.InsertMany(Enumerable.Range(0, 10).Select(NewPerson), cancellationToken: Cancelled);
        people.InsertOne(NewPerson(10), cancellationToken: Cancelled);
        Assert.Equal(11, people.EstimatedDocumentCount(cancellationToken: Cancelled));
        Assert.Equal(Enumerable.Range(0, 11), people.Find(FilterDefinition<Person>.Empty, new FindOptions { BatchSize = 3 }).SortBy(person => person.Age).ToEnumerable(Cancelled).Select(person => person.Age));
        Assert.Equal(6, people.UpdateMany(person => person.Favourite == Colour.Red, update.Inc(person => person.Age, 100), cancellationToken: Cancelled).ModifiedCount);
        Assert.Equal(1, people.UpdateOne(person => person.Age == 1, update.Set(person => person.Name, "one"), cancellationToken: Cancelled).ModifiedCount);
        Assert.Equal(1, people.ReplaceOne(person => person.Age == 3, NewPerson(3) with { Id = people.Find(person => person.Age == 3).Single(Cancelled).Id, Name = "three" }, cancellationToken: Cancelled).ModifiedCount);
        Assert.Equal("three", people.FindOneAndUpdate(person => person.Age == 3, update.Set(person => person.Name, "3"), cancellationToken: Cancelled).Name);
        Assert.Equal("3", people.FindOneAndDelete(person => person.Age == 3, cancellationToken: Cancelled).Name);
        var bulk = people.BulkWrite([new InsertOneModel<Person>(NewPerson(20)), new DeleteManyModel<Person>(Builders<Person>.Filter.Gte(person => person.Age, 100))], cancellationToken: Cancelled);
        Assert.Equal((1, 6), (bulk.InsertedCount, bulk.DeletedCount));
        Assert.Equal(1, people.DeleteOne(person => person.Age == 5, Cancelled).DeletedCount);
        Assert.Equal(1, people.DeleteMany(person => person.Age == 7, Cancelled).DeletedCount);
        Assert.Equal(["P0", "P9", "one"], people.Aggregate().SortBy(person => person.Name).Project(person => person.Name).ToList(Cancelled));
        Assert.Equal(3, people.CountDocuments(FilterDefinition<Person>.Empty, cancellationToken: Cancelled));
        Assert.Throws<MongoWriteException>(() => people.InsertOne(people.Find(person => person.Name == "one").Single(Cancelled), cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Collections_CreatedRenamedAndDropped_AreListed()
    {
        var (people, orders) = await FillAsync();
        var (from, to, view) = (people.CollectionNamespace.CollectionName, $"renamed-{Guid.NewGuid():n}", $"view-{Guid.NewGuid():n}");
        await Database.RenameCollectionAsync(from, to, cancellationToken: Cancelled);
        await Database.CreateViewAsync(view, to, new EmptyPipelineDefinition<Person>().Match(person => person.Age < 4), cancellationToken: Cancelled);
        Assert.Equal(4, await Database.GetCollection<Person>(view).CountDocumentsAsync(FilterDefinition<Person>.Empty, cancellationToken: Cancelled));
        Assert.Equal([(to, "collection"), (view, "view")], await ListAsync(from, to, view));

        var taken = await Assert.ThrowsAsync<MongoCommandException>(
            () => Database.RenameCollectionAsync(to, orders.CollectionNamespace.CollectionName, cancellationToken: Cancelled));
        Assert.Equal("NamespaceExists", taken.CodeName);
        await Database.RenameCollectionAsync(to, orders.CollectionNamespace.CollectionName, new RenameCollectionOptions { DropTarget = true }, Cancelled);
        Assert.Equal(100, await orders.EstimatedDocumentCountAsync(cancellationToken: Cancelled));
        await Database.DropCollectionAsync(view, Cancelled);
        Assert.Empty(await ListAsync(from, to, view));
        Assert.Contains(orders.CollectionNamespace.CollectionName, await (await Database.ListCollectionNamesAsync(cancellationToken: Cancelled)).ToListAsync(Cancelled));
        Assert.Contains("driver", await (await Client.ListDatabaseNamesAsync(Cancelled)).ToListAsync(Cancelled));
    }

    private async Task<IEnumerable<(string Name, string Type)>> ListAsync(params string[] names)
    {
        var options = new ListCollectionsOptions { Filter = Builders<BsonDocument>.Filter.In("name", names) };
        var collections = await (await Database.ListCollectionsAsync(options, Cancelled)).ToListAsync(Cancelled);
        return collections.Select(collection => (collection["name"].AsString, collection["type"].AsString)).OrderBy(collection => collection.Item1, StringComparer.Ordinal);
    }
}
