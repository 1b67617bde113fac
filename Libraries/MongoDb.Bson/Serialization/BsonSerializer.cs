using MongoDB.Bson.IO;

namespace MongoDB.Bson.Serialization;

/// <summary>Serialization with the serializers of the process.</summary>
public static partial class BsonSerializer
{
    public static TNominalType Deserialize<TNominalType>(BsonDocument document, Action<BsonDeserializationContext.Builder> configurator = null)
    {
        using var reader = new BsonDocumentReader(document);
        return Deserialize<TNominalType>(reader, configurator);
    }

    public static TNominalType Deserialize<TNominalType>(IBsonReader bsonReader, Action<BsonDeserializationContext.Builder> configurator = null) =>
        LookupSerializer<TNominalType>().Deserialize(BsonDeserializationContext.CreateRoot(bsonReader, configurator));

    public static TNominalType Deserialize<TNominalType>(byte[] bytes, Action<BsonDeserializationContext.Builder> configurator = null)
    {
        using var buffer = new ByteArrayBuffer(bytes, isReadOnly: true);
        using var stream = new ByteBufferStream(buffer);
        return Deserialize<TNominalType>(stream, configurator);
    }

    public static TNominalType Deserialize<TNominalType>(Stream stream, Action<BsonDeserializationContext.Builder> configurator = null)
    {
        using var reader = new BsonBinaryReader(stream);
        return Deserialize<TNominalType>(reader, configurator);
    }

    public static TNominalType Deserialize<TNominalType>(string json, Action<BsonDeserializationContext.Builder> configurator = null)
    {
        using var reader = new JsonReader(json);
        return Deserialize<TNominalType>(reader, configurator);
    }

    public static TNominalType Deserialize<TNominalType>(TextReader textReader, Action<BsonDeserializationContext.Builder> configurator = null)
    {
        using var reader = new JsonReader(textReader);
        return Deserialize<TNominalType>(reader, configurator);
    }

    public static object Deserialize(BsonDocument document, Type nominalType, Action<BsonDeserializationContext.Builder> configurator = null)
    {
        using var reader = new BsonDocumentReader(document);
        return Deserialize(reader, nominalType, configurator);
    }

    public static object Deserialize(IBsonReader bsonReader, Type nominalType, Action<BsonDeserializationContext.Builder> configurator = null) =>
        LookupSerializer(nominalType).Deserialize(BsonDeserializationContext.CreateRoot(bsonReader, configurator));

    public static object Deserialize(byte[] bytes, Type nominalType, Action<BsonDeserializationContext.Builder> configurator = null)
    {
        using var buffer = new ByteArrayBuffer(bytes, isReadOnly: true);
        using var stream = new ByteBufferStream(buffer);
        return Deserialize(stream, nominalType, configurator);
    }

    public static object Deserialize(Stream stream, Type nominalType, Action<BsonDeserializationContext.Builder> configurator = null)
    {
        using var reader = new BsonBinaryReader(stream);
        return Deserialize(reader, nominalType, configurator);
    }

    public static object Deserialize(string json, Type nominalType, Action<BsonDeserializationContext.Builder> configurator = null)
    {
        using var reader = new JsonReader(json);
        return Deserialize(reader, nominalType, configurator);
    }

    public static object Deserialize(TextReader textReader, Type nominalType, Action<BsonDeserializationContext.Builder> configurator = null)
    {
        using var reader = new JsonReader(textReader);
        return Deserialize(reader, nominalType, configurator);
    }

    public static void Serialize<TNominalType>(
        IBsonWriter bsonWriter,
        TNominalType value,
        Action<BsonSerializationContext.Builder> configurator = null,
        BsonSerializationArgs args = default)
    {
        args.SetOrValidateNominalType(typeof(TNominalType), "<TNominalType>");
        LookupSerializer<TNominalType>().Serialize(BsonSerializationContext.CreateRoot(bsonWriter, configurator), args, value);
    }

    public static void Serialize(
        IBsonWriter bsonWriter,
        Type nominalType,
        object value,
        Action<BsonSerializationContext.Builder> configurator = null,
        BsonSerializationArgs args = default)
    {
        args.SetOrValidateNominalType(nominalType, nameof(nominalType));
        LookupSerializer(nominalType).Serialize(BsonSerializationContext.CreateRoot(bsonWriter, configurator), args, value);
    }
}
