using ImageLibrary.Tests.MongoServers;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Linq;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Driver;

/// <summary>Writes: find-and-modify, positions of arrays, bulk writes that fail in part, collations.</summary>
public abstract class WriteTests(MongoServer server, ServerKind kind) : CollectionTests(server, kind)
{
    private static readonly Collation IgnoringCase = new("en", strength: CollationStrength.Secondary);

    [Fact]
    public async Task FindAndModify_InEachForm_ReturnsTheDocumentBeforeOrAfter()
    {
        var (people, _) = await FillAsync();
        var update = Builders<Person>.Update;
        var before = await people.FindOneAndUpdateAsync(person => person.Age == 7, update.Set(person => person.Name, "X"), cancellationToken: Cancelled);
        Assert.Equal("P7", before.Name);
        var projected = await people.FindOneAndUpdateAsync(
            Builders<Person>.Filter.Eq(person => person.Name, "P1"), update.Inc(person => person.Age, 1000),
            new FindOneAndUpdateOptions<Person, string> { Sort = Builders<Person>.Sort.Descending(person => person.Age), Projection = Builders<Person>.Projection.Expression(person => person.Name), ReturnDocument = ReturnDocument.After }, Cancelled);
        Assert.Equal("P1", projected);
        Assert.Equal(1, await people.CountDocumentsAsync(person => person.Age == 1091, cancellationToken: Cancelled));
        var upserted = await people.FindOneAndReplaceAsync<Person>(
            person => person.Age == -1, NewPerson(5) with { Name = "new" }, new FindOneAndReplaceOptions<Person> { IsUpsert = true, ReturnDocument = ReturnDocument.After }, Cancelled);
        Assert.Equal("new", upserted.Name);
        Assert.Equal("new", (await people.FindOneAndDeleteAsync(person => person.Name == "new", cancellationToken: Cancelled)).Name);
        Assert.Null(await people.FindOneAndDeleteAsync(person => person.Name == "new", cancellationToken: Cancelled));
    }

    [Fact]
    public async Task UpdateOperators_OnFieldsAndArrays_ChangeThem()
    {
        var people = Collection<Person>();
        await people.InsertOneAsync(NewPerson(8) with { Tags = [new Tag("a", 1), new Tag("b", 2), new Tag("a", 3)] }, cancellationToken: Cancelled);
        var update = Builders<Person>.Update;
        async Task<Person> After(UpdateDefinition<Person> change, UpdateOptions? options = null)
        {
            await people.UpdateOneAsync(FilterDefinition<Person>.Empty, change, options, Cancelled);
            return await people.Find(FilterDefinition<Person>.Empty).SingleAsync(Cancelled);
        }
        Assert.Equal(16, (await After(update.Mul(person => person.Age, 2))).Age);
        Assert.Equal(4, (await After(update.Min(person => person.Age, 4))).Age);
        Assert.Equal(7, (await After(update.BitwiseOr(person => person.Age, 3))).Age);
        Assert.Equal(["a", "b", "a", "c"], (await After(update.PushEach(person => person.Tags, [new Tag("c", 4)], slice: -4))).Tags.Select(tag => tag.Key));
        Assert.Equal([10, 2, 30, 4], (await After(
            update.Mul("Tags.$[t].Weight", 10), new UpdateOptions { ArrayFilters = [new JsonArrayFilterDefinition<BsonDocument>("{ 't.Key': 'a' }")] })).Tags.Select(tag => tag.Weight));
        Assert.Equal([11, 3, 31, 5], (await After(update.Inc(person => person.Tags.AllElements().Weight, 1))).Tags.Select(tag => tag.Weight));
        Assert.Equal(["b", "c"], (await After(update.PullFilter(person => person.Tags, tag => tag.Key == "a"))).Tags.Select(tag => tag.Key));
        Assert.Equal(["b"], (await After(update.PopLast(person => person.Tags))).Tags.Select(tag => tag.Key));
        Assert.Equal(2, (await After(update.AddToSet(person => person.Tags, new Tag("d", 1)).SetOnInsert(person => person.Name, "no"))).Tags.Count);
        Assert.Equal(9, (await After(update.Set(person => person.Attributes["m"], 9).Unset(person => person.Attributes["n"]))).Attributes.Single().Value);
        Assert.Equal("P8!", (await After(update.Pipeline(new EmptyPipelineDefinition<Person>().AppendStage<Person, Person, Person>("{ $set: { Name: { $concat: ['$Name', '!'] } } }")))).Name);
    }

    [Theory]
    [InlineData(true, 1, 1)]
    [InlineData(false, 2, 3)]
    public async Task BulkWrite_OfMixedModelsWithFailures_TellsWhichAndDoesTheRest(bool ordered, int errors, int inserted)
    {
        var orders = Collection<Order>();
        var ids = Enumerable.Range(0, 3).Select(_ => ObjectId.GenerateNewId()).ToArray();
        WriteModel<Order>[] models =
        [
            new InsertOneModel<Order>(new Order { Id = ids[0], Buyer = "a" }),
            new UpdateOneModel<Order>(Builders<Order>.Filter.Eq(order => order.Id, ids[0]), Builders<Order>.Update.Set(order => order.Total, 5)),
            new InsertOneModel<Order>(new Order { Id = ids[0] }),
            new InsertOneModel<Order>(new Order { Id = ids[1], Buyer = "b" }),
            new InsertOneModel<Order>(new Order { Id = ids[1] }),
            new ReplaceOneModel<Order>(Builders<Order>.Filter.Eq(order => order.Id, ids[2]), new Order { Id = ids[2], Buyer = "c" }) { IsUpsert = true },
            new InsertOneModel<Order>(new Order { Buyer = "d" }),
        ];
        var exception = await Assert.ThrowsAsync<MongoBulkWriteException<Order>>(() => orders.BulkWriteAsync(models, new BulkWriteOptions { IsOrdered = ordered }, Cancelled));
        Assert.Equal(errors, exception.WriteErrors.Count);
        Assert.All(exception.WriteErrors, error => Assert.Equal((ServerErrorCategory.DuplicateKey, true), (error.Category, error.Index is 2 or 4)));
        Assert.Equal((inserted, 1, ordered ? 0 : 1), (exception.Result.InsertedCount, exception.Result.ModifiedCount, exception.Result.Upserts.Count));
        Assert.Equal(ordered ? 4 : 0, exception.UnprocessedRequests.Count);
    }

    [Fact]
    public async Task Collation_IgnoringCase_IsUsedByFindUpdateAndDelete()
    {
        var orders = Collection<Order>();
        await orders.InsertManyAsync(new[] { "Anna", "anna", "Bert" }.Select(name => new Order { Buyer = name }), cancellationToken: Cancelled);
        Assert.Equal(2, await orders.Find(order => order.Buyer == "ANNA", new FindOptions { Collation = IgnoringCase }).CountDocumentsAsync(Cancelled));
        Assert.Equal(2, (await (await orders.DistinctAsync(order => order.Buyer, FilterDefinition<Order>.Empty, new DistinctOptions { Collation = IgnoringCase }, Cancelled)).ToListAsync(Cancelled)).Count);
        Assert.Equal(2, (await orders.UpdateManyAsync(order => order.Buyer == "aNNa", Builders<Order>.Update.Inc(order => order.Total, 1), new UpdateOptions { Collation = IgnoringCase }, Cancelled)).ModifiedCount);
        Assert.Equal(1, (await orders.DeleteManyAsync(order => order.Buyer == "bert", new DeleteOptions { Collation = IgnoringCase }, Cancelled)).DeletedCount);
    }
}
