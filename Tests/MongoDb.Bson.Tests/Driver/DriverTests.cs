using ImageLibrary.Tests.MongoServers;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Linq;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Driver;

/// <summary>The official driver on this library and a real server: what it asks of serializers, readers and writers.</summary>
public abstract class DriverTests(MongoServer server, ServerKind kind) : CollectionTests(server, kind)
{
    [Fact]
    public async Task Queries_ByExpressionAndBuilder_FindTheDocuments()
    {
        var (people, _) = await FillAsync();
        Assert.Equal(7, (await people.Find(person => person.Name == "P7" && person.Age < 10).SingleAsync(Cancelled)).Age);
        Assert.Equal(4, await people.CountDocumentsAsync(Builders<Person>.Filter.ElemMatch(person => person.Tags, tag => tag.Key == "t1" && tag.Weight > 85), cancellationToken: Cancelled));
        Assert.Equal(50, await people.CountDocumentsAsync(person => person.Favourite == Colour.Green, cancellationToken: Cancelled));
        var projected = await people.Find(person => person.Age == 5).Project(person => new { person.Name, First = person.Tags[0].Key }).SingleAsync(Cancelled);
        Assert.Equal(("P5", "t2"), (projected.Name, projected.First));
        Assert.Equal("Green", (await people.Database.GetCollection<BsonDocument>(people.CollectionNamespace.CollectionName).Find(new BsonDocument("Age", 5)).SingleAsync(Cancelled))["Favourite"]);
    }

    [Fact]
    public async Task Linq_WithGroupsJoinsAndArrayOperators_IsTranslated()
    {
        var (people, orders) = await FillAsync();
        var groups = people.AsQueryable().GroupBy(person => person.Name).Select(group => new { group.Key, Count = group.Count(), Oldest = group.Max(person => person.Age) })
            .OrderBy(group => group.Key).ToList();
        Assert.Equal(("P0", 10, 90), (groups[0].Key, groups[0].Count, groups[0].Oldest));
        Assert.Equal(200, people.AsQueryable().Join(orders.AsQueryable(), person => person.Name, order => order.Buyer, (person, order) => new { person.Age, order.Total }).Count());
        Assert.Equal(2, people.AsQueryable().GroupJoin(orders.AsQueryable(), person => person.Name, order => order.Buyer, (person, all) => new { person.Age, Orders = all.Count() }).First().Orders);
        Assert.Equal(98, people.AsQueryable().SelectMany(person => person.Tags).Where(tag => tag.Key == "t2").Max(tag => tag.Weight));
        Assert.Equal(7, people.AsQueryable().Where(person => person.Attributes["n"] == 7).Select(person => person.Age).Single());
        Assert.Equal(28, people.AsQueryable().Count(person => person.Born.Year == 1970 && person.Born.Month == 2));
        Assert.Equal(4, people.AsQueryable().Count(person => person.Tags.Any(tag => tag.Weight > 95)));
        Assert.Equal(28.5m, orders.AsQueryable().Max(order => order.Total));
    }

    [Fact]
    public async Task Updates_OfArraysAndPositions_ChangeTheDocuments()
    {
        var (people, orders) = await FillAsync();
        var update = Builders<Person>.Update;
        Assert.Equal(1, (await people.UpdateOneAsync(person => person.Age == 1, update.Set(person => person.Name, "A").Push(person => person.Tags, new Tag("z", 3)), cancellationToken: Cancelled)).ModifiedCount);
        var filters = new UpdateOptions { ArrayFilters = [new BsonDocumentArrayFilterDefinition<BsonDocument>(new BsonDocument("t.Key", "t1"))] };
        Assert.Equal(33, (await people.UpdateManyAsync(FilterDefinition<Person>.Empty, update.Inc("Tags.$[t].Weight", 1), filters, Cancelled)).ModifiedCount);
        await people.UpdateOneAsync(person => person.Name == "A" && person.Tags.Any(tag => tag.Key == "z"), update.Set(person => person.Tags.FirstMatchingElement().Weight, 99), cancellationToken: Cancelled);
        var after = await people.FindOneAndUpdateAsync<Person>(
            person => person.Name == "A", update.Inc(person => person.Age, 1), new FindOneAndUpdateOptions<Person> { ReturnDocument = ReturnDocument.After }, Cancelled);
        Assert.Equal((2, 99), (after.Age, after.Tags[^1].Weight));
        var upsert = await orders.ReplaceOneAsync(order => order.Buyer == "new", new Order { Id = ObjectId.GenerateNewId(), Buyer = "new" }, new ReplaceOptions { IsUpsert = true }, Cancelled);
        Assert.True(upsert.UpsertedId.IsObjectId);
        Assert.Equal(9, (await people.DeleteManyAsync(person => person.Age > 90, Cancelled)).DeletedCount);
    }

    [Fact]
    public async Task BulkWrite_WithADuplicateKey_TellsWhichWriteFailed()
    {
        var (_, orders) = await FillAsync();
        var id = ObjectId.GenerateNewId();
        var exception = await Assert.ThrowsAsync<MongoBulkWriteException<Order>>(() => orders.BulkWriteAsync(
            [new InsertOneModel<Order>(new Order { Id = id }), new InsertOneModel<Order>(new Order { Id = id }), new DeleteOneModel<Order>(Builders<Order>.Filter.Eq(order => order.Id, id))],
            new BulkWriteOptions { IsOrdered = false },
            Cancelled));
        Assert.Equal((1, 11000), (exception.WriteErrors.Single().Index, exception.WriteErrors.Single().Code));
        Assert.Equal(1, exception.Result.DeletedCount);
    }

    [Fact]
    public async Task Aggregation_WithStages_ReturnsTypedResults()
    {
        var (people, orders) = await FillAsync();
        var average = await people.Aggregate().Match(person => person.Age >= 50).Group(person => person.Name, group => new { Name = group.Key, Average = group.Average(person => person.Age) })
            .SortBy(group => group.Name).FirstAsync(Cancelled);
        Assert.Equal(("P0", 70.0), (average.Name, average.Average));
        var facets = await people.Aggregate().Facet(AggregateFacet.Create("all", PipelineDefinition<Person, AggregateCountResult>.Create(new[] { new BsonDocument("$count", "count") }))).SingleAsync(Cancelled);
        Assert.Equal(100, facets.Facets[0].Output<AggregateCountResult>()[0].Count);
        var index = new CreateIndexModel<Person>(Builders<Person>.IndexKeys.Ascending(person => person.Name).Descending(person => person.Age), new CreateIndexOptions { Collation = new Collation("en") });
        await people.Indexes.CreateOneAsync(index, cancellationToken: Cancelled);
        Assert.Equal(2, (await (await people.Indexes.ListAsync(Cancelled)).ToListAsync(Cancelled)).Count);
        Assert.Equal(10, (await (await orders.DistinctAsync(order => order.Buyer, FilterDefinition<Order>.Empty, cancellationToken: Cancelled)).ToListAsync(Cancelled)).Count);
    }

    [Fact]
    public async Task Subclasses_InOneCollection_AreQueriedByType()
    {
        var shapes = Collection<Shape>();
        await shapes.InsertManyAsync([new Circle { Radius = 1 }, new Square { Side = 2 }], cancellationToken: Cancelled);
        Assert.Equal(1, (await shapes.OfType<Circle>().Find(circle => circle.Radius == 1).SingleAsync(Cancelled)).Radius);
        Assert.Equal(2, shapes.AsQueryable().OfType<Square>().Single().Side);
        Assert.Equal([typeof(Circle), typeof(Square)], (await shapes.Find(FilterDefinition<Shape>.Empty).ToListAsync(Cancelled)).Select(shape => shape.GetType()));
    }
}
