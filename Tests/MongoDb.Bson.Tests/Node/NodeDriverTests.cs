using System.Diagnostics;
using CsCheck;
using ImageLibrary.Tests.MongoDb.Bson.Driver;
using ImageLibrary.Tests.MongoServers;
using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Driver;
using Xunit;
using Tag = ImageLibrary.Tests.MongoDb.Bson.Driver.Tag;

namespace ImageLibrary.Tests.MongoDb.Bson.Node;

/// <summary>What one driver stores, the official driver of Node.js reads, and the other way round.</summary>
public sealed class NodeDriverTests(MongoServer server) : CollectionTests(server, ServerKind.ReplicaSet)
{
    private static readonly JsonWriterSettings Canonical = new() { OutputMode = JsonOutputMode.CanonicalExtendedJson };

    [Fact]
    public async Task Documents_OfOurs_AreReadAndWrittenBackByNode()
    {
        var source = Collection<BsonDocument>();
        // Timestamps of zero at the top would be replaced by the server.
        var values = Generators.Document.Array[TestForm.Count(quick: 300, all: 10_000)].Single();
        await source.InsertManyAsync(values.Select((value, index) => new BsonDocument { { "_id", index }, { "value", value } }), cancellationToken: Cancelled);
        var copy = $"{source.CollectionNamespace.CollectionName}-copy";
        await RunAsync("copy", source.CollectionNamespace.CollectionName, copy);
        var (before, after) = (await ReadAsync(source.CollectionNamespace.CollectionName), await ReadAsync(copy));
        Assert.Equal(values.Length, after.Count);
        Assert.Equal(before.Select(document => Convert.ToHexString(document.ToBson())), after.Select(document => Convert.ToHexString(document.ToBson())));
    }

    [Fact]
    public async Task Documents_OfNode_AreReadAndWrittenBackByUs()
    {
        var (source, copy) = (Collection<BsonDocument>().CollectionNamespace.CollectionName, Collection<BsonDocument>());
        var count = TestForm.Count(quick: 300, all: 10_000);
        await RunAsync("generate", source, $"{count}");
        var documents = await ReadAsync(source);
        Assert.Equal(count, documents.Count);
        await copy.InsertManyAsync(documents, cancellationToken: Cancelled);
        Assert.Equal(await RunAsync("print", source), await RunAsync("print", copy.CollectionNamespace.CollectionName));
    }

    [Fact]
    public async Task Records_Exchanged_MeanTheSame()
    {
        var people = Collection<Person>();
        var name = people.CollectionNamespace.CollectionName;
        var written = NewPerson(7) with { Id = "507f1f77bcf86cd799439011" };
        await people.InsertOneAsync(written, cancellationToken: Cancelled);
        Assert.Equal(Sorted(written.ToBsonDocument()), Sorted(Assert.Single(await PrintAsync(name))));
        var other = NewPerson(8) with { Id = "507f1f77bcf86cd799439012" };
        await RunAsync("insert", name, $"[{other.ToBsonDocument().ToJson(Canonical)}]");
        var read = await people.Find(person => person.Age == 8).SingleAsync(Cancelled);
        Assert.Equal(other.ToJson(), read.ToJson());
    }

    [Fact]
    public async Task UpdatesBulkWritesAndOut_OfOurs_AreWhatNodeReads()
    {
        var people = Collection<Person>();
        Person[] before = [.. Enumerable.Range(0, 6).Select(number => NewPerson(number) with { Id = $"507f1f77bcf86cd79943901{number}" })];
        await people.InsertManyAsync(before, cancellationToken: Cancelled);
        var update = Builders<Person>.Update;
        await people.UpdateManyAsync(
            person => person.Favourite == Colour.Red,
            update.Inc("Tags.$[t].Weight", 10).Set(person => person.Favourite, Colour.Green).Set(person => person.Born, DateTime.UnixEpoch),
            new UpdateOptions { ArrayFilters = [new BsonDocumentArrayFilterDefinition<BsonDocument>(new BsonDocument("t.Key", "t2"))] },
            Cancelled);
        var added = NewPerson(9) with { Id = "507f1f77bcf86cd799439019" };
        await people.BulkWriteAsync(
            [
                new InsertOneModel<Person>(added),
                new UpdateOneModel<Person>(Builders<Person>.Filter.Eq(person => person.Age, 1), update.Push(person => person.Tags, new Tag("new", -1)).Set(person => person.Attributes["m"], 7)),
                new ReplaceOneModel<Person>(Builders<Person>.Filter.Eq(person => person.Age, 3), before[3] with { Name = "Zoë 🎈" }),
                new DeleteOneModel<Person>(Builders<Person>.Filter.Eq(person => person.Age, 5)),
            ],
            cancellationToken: Cancelled);
        Person[] expected =
        [
            before[0] with { Favourite = Colour.Green, Born = DateTime.UnixEpoch },
            before[1] with { Tags = [.. before[1].Tags, new Tag("new", -1)], Attributes = new() { ["n"] = 1, ["m"] = 7 } },
            before[2] with { Favourite = Colour.Green, Born = DateTime.UnixEpoch, Tags = [new Tag("t2", 12)] },
            before[3] with { Name = "Zoë 🎈" },
            before[4] with { Favourite = Colour.Green, Born = DateTime.UnixEpoch },
            added,
        ];
        Assert.Equal(expected.Select(person => Sorted(person.ToBsonDocument())), (await PrintAsync(people.CollectionNamespace.CollectionName)).Select(Sorted));

        var target = Collection<BsonDocument>().CollectionNamespace.CollectionName;
        await people.Aggregate().Group(person => person.Age % 2, group => new { Id = group.Key, Total = group.Sum(person => person.Age), Names = group.Select(person => person.Name) })
            .Project<BsonDocument>(new BsonDocument { { "Total", 1 }, { "Names", new BsonDocument("$size", "$Names") } }).OutAsync(target, Cancelled);
        Assert.Equal(
            [new BsonDocument { { "_id", 0 }, { "Total", 6 }, { "Names", 3 } }, new BsonDocument { { "_id", 1 }, { "Total", 13 }, { "Names", 3 } }],
            await PrintAsync(target));
    }

    // The server puts the id first.
    private static BsonDocument Sorted(BsonDocument document) => new(document.OrderBy(element => element.Name, StringComparer.Ordinal));

    private async Task<IEnumerable<BsonDocument>> PrintAsync(string collection) => (await RunAsync("print", collection)).Select(BsonDocument.Parse);

    private async Task<List<BsonDocument>> ReadAsync(string collection) => await Database.GetCollection<BsonDocument>(collection)
        .Find(FilterDefinition<BsonDocument>.Empty).Sort(Builders<BsonDocument>.Sort.Ascending("_id")).ToListAsync(Cancelled);

    private async Task<string[]> RunAsync(string command, params string[] arguments)
    {
        var script = Path.Combine(Support.NodeFolder, "driver.mjs");
        Assert.SkipUnless(Directory.Exists(Path.Combine(Support.NodeFolder, "node_modules", "mongodb")), "The driver of Node.js is missing: run `npm ci` in Tests/MongoDb.Bson.Tests/Node.");
        using var node = Process.Start(new ProcessStartInfo("node", [script, Url, "driver", command, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = node.StandardError.ReadToEndAsync(Cancelled);
        var output = await node.StandardOutput.ReadToEndAsync(Cancelled);
        await node.WaitForExitAsync(Cancelled);
        Assert.True(node.ExitCode == 0, await errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
