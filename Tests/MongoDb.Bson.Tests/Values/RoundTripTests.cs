using CsCheck;
using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Values;

public sealed class RoundTripTests
{
    private static readonly JsonWriterSettings Canonical = new() { OutputMode = JsonOutputMode.CanonicalExtendedJson };
    private static readonly JsonWriterSettings Shell = new() { OutputMode = JsonOutputMode.Shell, Indent = true };

    [Fact]
    public void Document_AsBytesOnEveryKindOfStream_ComesBack() => Generators.AnyDocument.Sample(
        document =>
        {
            var bytes = document.ToBson();
            using var memory = new MemoryStream();
            using (var writer = new BsonBinaryWriter(memory))
            {
                BsonSerializer.Serialize(writer, document);
            }
            Assert.Equal(bytes, memory.ToArray());
            memory.Position = 0;
            Assert.Equal(bytes, BsonSerializer.Deserialize<BsonDocument>(memory).ToBson());
            Assert.Equal(bytes, InSmallChunks(document, bytes));
        },
        iter: TestForm.Count(800, 200_000));

    [Fact]
    public void Document_AsText_ComesBack() => Generators.AnyDocument.Sample(
        document =>
        {
            var bytes = document.ToBson();
            Assert.Equal(bytes, BsonDocument.Parse(document.ToJson(Canonical)).ToBson());
            Assert.Equal(bytes, BsonDocument.Parse(document.ToJson(Shell)).ToBson());
        },
        iter: TestForm.Count(800, 200_000));

    [Fact]
    public void Document_RawLazyAndCopied_IsTheSame() => Generators.AnyDocument.Sample(
        document =>
        {
            var bytes = document.ToBson();
            using var raw = new RawBsonDocument(bytes);
            using var lazy = new LazyBsonDocument(bytes);
            Assert.Equal(bytes, raw.Materialize(BsonBinaryReaderSettings.Defaults).ToBson());
            Assert.Equal(bytes, new BsonDocument(raw).ToBson());
            Assert.Equal(document.ElementCount, lazy.ElementCount);
            Assert.Equal(bytes, lazy.ToBson());
            Assert.Equal(bytes, document.DeepClone().AsBsonDocument.ToBson());
        },
        iter: TestForm.Count(500, 50_000));

    [Fact]
    public void CompareTo_OfAnyThreeValues_IsAnOrder() => Gen.Select(Generators.Value, Generators.Value, Generators.Value).Sample(
        (first, second, third) =>
        {
            Assert.Equal(0, first.CompareTo(first));
            Assert.Equal(Math.Sign(first.CompareTo(second)), -Math.Sign(second.CompareTo(first)));
            if (first.CompareTo(second) <= 0 && second.CompareTo(third) <= 0)
            {
                Assert.True(first.CompareTo(third) <= 0);
            }
        },
        iter: TestForm.Count(3_000, 200_000));

    [Theory]
    [InlineData("b", "a")]
    [InlineData("a", "b")]
    public void CompareTo_CodeWithAndWithoutScope_IsByType(string without, string with)
    {
        BsonValue code = new BsonJavaScript(without);
        BsonValue scoped = new BsonJavaScriptWithScope(with, []);
        Assert.Equal((-1, 1), (Math.Sign(code.CompareTo(scoped)), Math.Sign(scoped.CompareTo(code))));
    }

    // Chunks of a few bytes put every value across a border.
    private static byte[] InSmallChunks(BsonDocument document, byte[] bytes)
    {
        using var buffer = new MultiChunkBuffer(new SmallChunks());
        using var stream = new ByteBufferStream(buffer);
        using (var writer = new BsonBinaryWriter(stream))
        {
            BsonSerializer.Serialize(writer, document);
        }
        Assert.Equal(bytes.Length, stream.Length);
        buffer.Length = (int)stream.Length;
        buffer.MakeReadOnly();
        using var input = new ByteBufferStream(buffer);
        return BsonSerializer.Deserialize<BsonDocument>(input).ToBson();
    }
}
