using CsCheck;
using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Node;

/// <summary>Bytes and extended JSON, compared in both directions with the official package of Node.js.</summary>
public sealed class NodeComparisonTests
{
    private static readonly JsonWriterSettings Canonical = new() { OutputMode = JsonOutputMode.CanonicalExtendedJson };
    private static readonly JsonWriterSettings Relaxed = new() { OutputMode = JsonOutputMode.RelaxedExtendedJson };

    [Fact]
    public void Document_OfOurs_IsTheSameForNode()
    {
        using var node = NodeBson.StartOrSkip();
        Generators.Document.Sample(
            document =>
            {
                var bytes = document.ToBson();
                var (again, canonical, relaxed) = node.Convert(bytes);
                Assert.Equal(bytes, again);
                Assert.Equal(bytes, BsonDocument.Parse(canonical).ToBson());
                Assert.Equal(bytes, node.FromCanonical(document.ToJson(Canonical)));
                AssertSameRelaxed(node, canonical, relaxed, document);
            },
            iter: TestForm.Count(600, 50_000),
            threads: 1);
    }

    [Fact]
    public void Document_OfNode_IsTheSameForUs()
    {
        using var node = NodeBson.StartOrSkip();
        for (var seed = 0; seed < TestForm.Count(1_500, 60_000); seed++)
        {
            var (bytes, canonical, relaxed) = node.Generate(seed);
            var document = BsonSerializer.Deserialize<BsonDocument>(bytes);
            Assert.Equal(bytes, document.ToBson());
            Assert.True(bytes.AsSpan().SequenceEqual(BsonDocument.Parse(canonical).ToBson()), $"{canonical} became {BsonDocument.Parse(canonical).ToJson(Canonical)}");
            AssertSameRelaxed(node, canonical, relaxed, document);
        }
    }

    // The two differ in how they write whole doubles; they must mean the same to Node.js, which loses the negative zero.
    private static void AssertSameRelaxed(NodeBson node, string canonical, string relaxed, BsonDocument document)
    {
        if (!canonical.Contains("\"-0.0\"", StringComparison.Ordinal))
        {
            Assert.Equal(node.FromRelaxed(relaxed), node.FromRelaxed(document.ToJson(Relaxed)));
        }
    }
}
