using CsCheck;
using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Attributes;
using Xunit;

namespace ImageLibrary.Tests.MongoDb.Bson.Serialization;

/// <summary>
/// Plain members go around the reader and writer, except those of a subclass, which may want to see each value: both ways
/// give the same bytes, values and errors.
/// </summary>
public sealed class PlainValueTests
{
    private static readonly Gen<DateTime?> Time = Gen.OneOf(
        Gen.DateTime.Select(time => (DateTime?)DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        Gen.Const((DateTime?)null), Gen.Const((DateTime?)DateTime.MinValue), Gen.Const((DateTime?)DateTime.MaxValue));

    private static readonly Gen<string?> Text = Gen.OneOf(Gen.String[Gen.Char["aß漢\0 "], 0, 9].Select(text => (string?)text), Gen.Const((string?)null));

    private static readonly Gen<Plain> Plains = Gen.Select(Gen.Byte.Array[12], Text, Gen.Int, Gen.Long, Gen.Double, Gen.Bool, Time, Gen.Int[0, 7]).Select(
        (id, text, number, large, real, flag, time, nulls) => new Plain(
            new ObjectId(id), text, number, large, real, flag, time ?? default, (nulls & 1) == 0 ? number : null, (nulls & 2) == 0 ? real : null, time,
            (Sides)(number & 7), new Fixed(text, number, flag, large), (nulls & 4) == 0 ? [new Fixed(null, 0, false, 7), new Fixed(text, 1, true, large)] : null));

    [Fact]
    public void Write_OfPlainMembers_GivesTheBytesThatTheWriterGives() => Plains.Sample(
        value =>
        {
            var bytes = value.ToBson();
            Assert.Equal(bytes, Written(value, stream => new SeeingWriter(stream)));
            Assert.Equal(bytes, Written(value, stream => new BsonBinaryWriter(stream)));
        },
        iter: TestForm.Count(500, 100_000));

    [Fact]
    public void Read_OfElementsInAnyOrder_GivesTheSameValue() => Gen.Select(Plains, Gen.Int).Sample(
        (value, seed) =>
        {
            var document = value.ToBsonDocument();
            var shuffled = Shuffled(document, new Random(seed));
            shuffled["Inner"] = Shuffled(document["Inner"].AsBsonDocument, new Random(seed));
            AssertSame(shuffled.ToBson());
            Assert.Equal(document, BsonSerializer.Deserialize<Plain>(shuffled.ToBson()).ToBsonDocument());
            shuffled.RemoveAt(seed & 7);
            AssertSame(shuffled.ToBson());
        },
        iter: TestForm.Count(1_000, 200_000));

    [Fact]
    public void Read_OfBytesThatAreWrong_GivesTheErrorThatTheReaderGives() =>
        Gen.Select(Plains, Gen.Select(Gen.Int[0, 1000], Gen.Byte).Array[1, 3], Gen.Int[0, 50]).Sample(
            (value, changes, cut) =>
            {
                var bytes = value.ToBson();
                foreach (var (position, changed) in changes)
                {
                    bytes[position % bytes.Length] = changed;
                }
                AssertSame(cut < 10 ? bytes[..^Math.Min(cut, bytes.Length)] : bytes);
            },
            iter: TestForm.Count(5_000, 2_000_000));

    [Theory]
    [InlineData(100)]
    [InlineData(40_000)]
    public void Text_OfAnyLength_ComesBack(int length)
    {
        foreach (var letter in "aä漢")
        {
            var bytes = new Fixed(new string(letter, length), 0, false, 0).ToBson();
            Assert.Equal(new string(letter, length), BsonSerializer.Deserialize<BsonDocument>(bytes)["Text"].AsString);
            Assert.Equal(new string(letter, length), BsonSerializer.Deserialize<Fixed>(bytes).Text);
        }
    }

    [Fact]
    public void Write_OfHalfACharacter_LeavesTheWriterWhereNothingCanFollow()
    {
        using var memory = new MemoryStream();
        foreach (var writer in new BsonBinaryWriter[] { new(new ByteBufferStream(new ByteArrayBuffer(new byte[100], 0))), new SeeingWriter(memory) })
        {
            Assert.Throws<BsonSerializationException>(() => BsonSerializer.Serialize(writer, new Fixed("a\ud800", 1, true, 2)));
            Assert.Throws<InvalidOperationException>(writer.WriteEndDocument);
        }
    }

    [Fact]
    public void Read_OfTextThatIsNotUtf8_LeavesTheReaderBehindIt()
    {
        var bytes = new BsonDocument("Text", "ab").ToBson();
        bytes[Array.IndexOf(bytes, (byte)'a')] = 0xff;
        foreach (var open in new Func<Stream, BsonBinaryReader>[] { stream => new BsonBinaryReader(stream), stream => new SeeingReader(stream) })
        {
            using var stream = new ByteBufferStream(new ByteArrayBuffer(bytes, isReadOnly: true));
            using var reader = open(stream);
            Assert.Throws<FormatException>(() => BsonSerializer.Deserialize<Fixed>(reader));
            reader.ReadEndDocument();
        }
    }

    private static BsonDocument Shuffled(BsonDocument document, Random random)
    {
        var elements = document.Elements.Append(new BsonElement("other", 1)).ToArray();
        random.Shuffle(elements);
        return new BsonDocument(elements.AsEnumerable());
    }

    private static void AssertSame(byte[] bytes)
    {
        using var whole = new ByteArrayBuffer(bytes, isReadOnly: true);
        using var inPieces = new MultiChunkBuffer(new SmallChunks());
        inPieces.EnsureCapacity(bytes.Length);
        inPieces.Length = bytes.Length;
        inPieces.SetBytes(0, bytes, 0, bytes.Length);
        inPieces.MakeReadOnly();
        var expected = Outcome(new SeeingReader(new ByteBufferStream(whole)));
        Assert.Equal(expected, Outcome(new BsonBinaryReader(new ByteBufferStream(whole))));
        Assert.Equal(expected, Outcome(new BsonBinaryReader(new ByteBufferStream(inPieces))));
    }

    private static string Outcome(BsonBinaryReader reader)
    {
        try
        {
            return BsonSerializer.Deserialize<Plain>(reader).ToJson();
        }
        catch (Exception exception)
        {
            return $"{exception.GetType()} {exception.Message}";
        }
    }

    private static byte[] Written(Plain value, Func<Stream, BsonBinaryWriter> open)
    {
        // Small chunks put elements across borders.
        using var buffer = new MultiChunkBuffer(new SmallChunks());
        using var stream = new ByteBufferStream(buffer);
        using (var writer = open(stream))
        {
            BsonSerializer.Serialize(writer, value);
        }
        var bytes = new byte[stream.Length];
        buffer.GetBytes(0, bytes, 0, bytes.Length);
        return bytes;
    }

    private sealed class SeeingReader(Stream stream) : BsonBinaryReader(stream);

    private sealed class SeeingWriter(Stream stream) : BsonBinaryWriter(stream);

    [BsonIgnoreExtraElements]
    private sealed record Plain(
        ObjectId Id, string? Text, int Number, long Large, double Real, bool Flag, DateTime Time, int? MaybeNumber, double? MaybeReal, DateTime? MaybeTime,
        [property: BsonRepresentation(BsonType.String)] Sides Sides, Fixed Inner, IReadOnlyList<Fixed>? Items);

    // Some values have a name, some are several names, and 4 has none.
    [Flags]
    private enum Sides
    {
        None,
        Links,
        Größe,
    }

    // Without setters, so that it is made by its constructor.
    [BsonIgnoreExtraElements]
    private sealed class Fixed(string? text, int number, bool flag, long large)
    {
        public string? Text { get; } = text;

        public int Number { get; } = number;

        public bool Flag { get; } = flag;

        [BsonDefaultValue(7L)]
        public long Large { get; } = large;
    }
}
