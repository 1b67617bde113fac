using System.Diagnostics;
using CsCheck;
using ImageLibrary.Tests.MongoDb.Bson.Driver;
using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Driver;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Node;

/// <summary>What one driver stores, the official driver of Node.js reads, and the other way round.</summary>
public sealed class NodeDriverTests(MongoServer server) : CollectionTests(server)
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
        // The server has put the id first.
        Assert.Equal(
            written.ToBsonDocument().OrderBy(element => element.Name, StringComparer.Ordinal),
            BsonDocument.Parse(Assert.Single(await RunAsync("print", name))).OrderBy(element => element.Name, StringComparer.Ordinal));
        var other = NewPerson(8) with { Id = "507f1f77bcf86cd799439012" };
        await RunAsync("insert", name, $"[{other.ToBsonDocument().ToJson(Canonical)}]");
        var read = await people.Find(person => person.Age == 8).SingleAsync(Cancelled);
        Assert.Equal(other.ToJson(), read.ToJson());
    }

    private async Task<List<BsonDocument>> ReadAsync(string collection) => await Client.GetDatabase("driver").GetCollection<BsonDocument>(collection)
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
