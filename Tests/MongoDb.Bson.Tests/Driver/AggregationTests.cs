using ImageLibrary.Tests.MongoServers;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Attributes;
using MongoDB.Driver;
using MongoDB.Driver.Linq;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Driver;

/// <summary>Stages of aggregations, by the fluent interface.</summary>
public abstract class AggregationTests(MongoServer server, ServerKind kind) : CollectionTests(server, kind)
{
    [Fact]
    public async Task Lookup_WithTypedResult_JoinsTheOtherCollection()
    {
        var (people, orders) = await FillAsync();
        var joined = await people.Aggregate().Match(person => person.Age < 3)
            .Lookup<Person, Order, Buyer>(orders, person => person.Name, order => order.Buyer, buyer => buyer.Orders)
            .SortBy(buyer => buyer.Age).ToListAsync(Cancelled);
        Assert.Equal([15m, 18m, 21m], joined.Select(buyer => buyer.Orders.Sum(order => order.Total)));
    }

    [Fact]
    public async Task Unwind_ThenSortByCount_CountsElements()
    {
        var (people, _) = await FillAsync();
        var counts = await people.Aggregate().Unwind<Person, PersonOfTag>(person => person.Tags).SortByCount(person => person.Tags.Key).ToListAsync(Cancelled);
        Assert.Equal(("t0", 34), (counts[0].Id, counts[0].Count));
        Assert.Equal(100, counts.Sum(count => count.Count));
    }

    [Fact]
    public async Task Bucket_WithBoundaries_CountsPerRange()
    {
        var (people, _) = await FillAsync();
        var buckets = await people.Aggregate().Bucket(person => person.Age, [0, 10, 50, 100], group => new { Range = group.Key, Count = group.Count() }).ToListAsync(Cancelled);
        Assert.Equal([(0, 10), (10, 40), (50, 50)], buckets.Select(bucket => (bucket.Range, bucket.Count)));
        Assert.Equal(4, (await people.Aggregate().BucketAuto(person => person.Age, 4).ToListAsync(Cancelled)).Count);
    }

    [Fact]
    public async Task Merge_IntoACollection_WritesTheResults()
    {
        var (people, _) = await FillAsync();
        var target = people.Database.GetCollection<BsonDocument>($"merged-{Guid.NewGuid():n}");
        await people.Aggregate().Group(person => person.Name, group => new { Id = group.Key, Total = group.Sum(person => person.Age) }).Project(new BsonDocument("Total", 1))
            .MergeAsync(target, new MergeStageOptions<BsonDocument> { WhenMatched = MergeStageWhenMatched.Replace }, Cancelled);
        Assert.Equal(10, await target.CountDocumentsAsync(FilterDefinition<BsonDocument>.Empty, cancellationToken: Cancelled));
        await people.Aggregate().Match(person => person.Age < 5).OutAsync(target.CollectionNamespace.CollectionName, Cancelled);
        Assert.Equal(5, await target.CountDocumentsAsync(FilterDefinition<BsonDocument>.Empty, cancellationToken: Cancelled));
    }

    [Fact]
    public async Task ReplaceRootUnionAndSample_Combined_GiveDocuments()
    {
        var (people, orders) = await FillAsync();
        var roots = await people.Aggregate().Match(person => person.Age < 4).ReplaceRoot(person => person.Tags[0]).SortBy(tag => tag.Weight).ToListAsync(Cancelled);
        Assert.Equal([new Tag("t0", 0), new Tag("t1", 1), new Tag("t2", 2), new Tag("t0", 3)], roots);
        var united = await people.Aggregate().Project(person => new { person.Name })
            .UnionWith(orders, PipelineDefinition<Order, BsonDocument>.Create(new[] { new BsonDocument("$project", new BsonDocument { { "Name", "$Buyer" }, { "_id", 0 } }) })
                .As(BsonSerializer.LookupSerializer<BsonDocument>()).Project(document => new { Name = (string)document["Name"] }))
            .Count().SingleAsync(Cancelled);
        Assert.Equal(120, united.Count);
        Assert.Equal(7, (await people.Aggregate().Sample(7).ToListAsync(Cancelled)).Count);
    }

    [Fact]
    public async Task GraphLookup_AlongAChain_FindsAllLinks()
    {
        var nodes = Collection<Node>();
        await nodes.InsertManyAsync(Enumerable.Range(0, 6).Select(number => new Node(number, number - 1)), cancellationToken: Cancelled);
        var found = await nodes.Aggregate().Match(node => node.Id == 5)
            .GraphLookup<Node, Node, int, int, int, IEnumerable<Node>, NodeWithAncestors>(
                nodes, node => node.Parent, node => node.Id, node => node.Parent, node => node.Ancestors)
            .SingleAsync(Cancelled);
        Assert.Equal([0, 1, 2, 3, 4], found.Ancestors.Select(node => node.Id).Order());
    }

    [Fact]
    public async Task Windows_OverSortedPartitions_AccumulateValues()
    {
        var (people, _) = await FillAsync();
        var sums = await people.Aggregate()
            .SetWindowFields(person => person.Name, Builders<Person>.Sort.Ascending(person => person.Age), partition => new { Running = partition.Sum(person => person.Age, DocumentsWindow.Create(DocumentsWindow.Unbounded, DocumentsWindow.Current)) })
            .Match(new BsonDocument("Name", "P1")).Sort(new BsonDocument("Age", 1)).ToListAsync(Cancelled);
        Assert.Equal([1, 12, 33], sums.Take(3).Select(document => document["Running"].AsInt32));
    }

    [BsonIgnoreExtraElements]
    private sealed record Buyer(string Name, int Age, List<Order> Orders);

    [BsonIgnoreExtraElements]
    private sealed record PersonOfTag(Tag Tags);

    private sealed record Node(int Id, int Parent);

    private sealed record NodeWithAncestors(int Id, int Parent, IEnumerable<Node> Ancestors);
}
