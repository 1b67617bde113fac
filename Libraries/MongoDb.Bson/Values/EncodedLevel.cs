using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson;

/// <summary>Decodes one level of an encoded document or array.</summary>
internal static class EncodedLevel
{
    public static Func<IBsonReader, BsonValue> RawChild(List<IDisposable> children) => reader =>
    {
        switch (reader.GetCurrentBsonType())
        {
            case BsonType.Document:
                var document = new RawBsonDocument(reader.ReadRawBsonDocument());
                children.Add(document);
                return document;
            case BsonType.Array:
                var array = new RawBsonArray(reader.ReadRawBsonArray());
                children.Add(array);
                return array;
            default:
                return ReadScalar(reader);
        }
    };

    public static Func<IBsonReader, BsonValue> LazyChild(List<IDisposable> children) => reader =>
    {
        switch (reader.GetCurrentBsonType())
        {
            case BsonType.Document:
                var document = new LazyBsonDocument(reader.ReadRawBsonDocument());
                children.Add(document);
                return document;
            case BsonType.Array:
                var array = new LazyBsonArray(reader.ReadRawBsonArray());
                children.Add(array);
                return array;
            default:
                return ReadScalar(reader);
        }
    };

    public static IEnumerable<BsonElement> ReadDocument(IByteBuffer slice, Func<IBsonReader, BsonValue> readValue)
    {
        using var stream = new ByteBufferStream(slice, ownsBuffer: false);
        using var reader = new BsonBinaryReader(stream);
        reader.ReadStartDocument();
        while (reader.ReadBsonType() != BsonType.EndOfDocument)
        {
            var name = reader.ReadName();
            yield return new BsonElement(name, readValue(reader));
        }
        reader.ReadEndDocument();
    }

    // On the wire an array is a document whose names are positions, so that its names are read and dropped.
    public static IEnumerable<BsonValue> ReadArray(IByteBuffer slice, Func<IBsonReader, BsonValue> readValue)
    {
        using var stream = new ByteBufferStream(slice, ownsBuffer: false);
        using var reader = new BsonBinaryReader(stream);
        reader.ReadStartDocument();
        while (reader.ReadBsonType() != BsonType.EndOfDocument)
        {
            reader.SkipName();
            yield return readValue(reader);
        }
        reader.ReadEndDocument();
    }

    public static BsonArray DecodeArray(IByteBuffer slice, BsonBinaryReaderSettings settings)
    {
        using var stream = new ByteBufferStream(slice, ownsBuffer: false);
        using var reader = new BsonBinaryReader(stream, settings);
        var array = new BsonArray();
        reader.ReadStartDocument();
        while (reader.ReadBsonType() != BsonType.EndOfDocument)
        {
            reader.SkipName();
            array.Add(ReadScalar(reader));
        }
        reader.ReadEndDocument();
        return array;
    }

    private static BsonValue ReadScalar(IBsonReader reader) =>
        BsonValueSerializer.Instance.Deserialize(BsonDeserializationContext.CreateRoot(reader));
}
