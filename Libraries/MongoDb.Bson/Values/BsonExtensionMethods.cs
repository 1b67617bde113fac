using System.Text;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;

namespace MongoDB.Bson;

/// <summary>Serialization of any object by one call.</summary>
public static class BsonExtensionMethods
{
    /// <summary>Encodes an object. It must become a document.</summary>
    public static byte[] ToBson<TNominalType>(
        this TNominalType obj,
        IBsonSerializer<TNominalType> serializer = null,
        BsonBinaryWriterSettings writerSettings = null,
        Action<BsonSerializationContext.Builder> configurator = null,
        BsonSerializationArgs args = default,
        int estimatedBsonSize = 0)
    {
        args.SetOrValidateNominalType(typeof(TNominalType), "<TNominalType>");
        serializer ??= BsonSerializer.LookupSerializer<TNominalType>();
        RequireNotBsonArray(serializer);
        using var scratch = ScratchBuffer.Rent(estimatedBsonSize);
        using (var writer = new BsonBinaryWriter(scratch.Stream, writerSettings ?? BsonBinaryWriterSettings.Defaults))
        {
            serializer.Serialize(BsonSerializationContext.CreateRoot(writer, configurator), args, obj);
        }
        return scratch.ToArray();
    }

    public static byte[] ToBson(
        this object obj,
        Type nominalType,
        BsonBinaryWriterSettings writerSettings = null,
        IBsonSerializer serializer = null,
        Action<BsonSerializationContext.Builder> configurator = null,
        BsonSerializationArgs args = default,
        int estimatedBsonSize = 0)
    {
        args.SetOrValidateNominalType(nominalType, nameof(nominalType));
        serializer = CheckedSerializer(nominalType, serializer);
        RequireNotBsonArray(serializer);
        using var scratch = ScratchBuffer.Rent(estimatedBsonSize);
        using (var writer = new BsonBinaryWriter(scratch.Stream, writerSettings ?? BsonBinaryWriterSettings.Defaults))
        {
            serializer.Serialize(BsonSerializationContext.CreateRoot(writer, configurator), args, obj);
        }
        return scratch.ToArray();
    }

    /// <summary>The document that an object becomes; null stays null, and a document stays itself.</summary>
    public static BsonDocument ToBsonDocument<TNominalType>(
        this TNominalType obj,
        IBsonSerializer<TNominalType> serializer = null,
        Action<BsonSerializationContext.Builder> configurator = null,
        BsonSerializationArgs args = default)
    {
        if (obj == null)
        {
            return null;
        }
        args.SetOrValidateNominalType(typeof(TNominalType), "<TNominalType>");
        return ToBsonDocument(obj, typeof(TNominalType), serializer, configurator, args);
    }

    public static BsonDocument ToBsonDocument(
        this object obj,
        Type nominalType,
        IBsonSerializer serializer = null,
        Action<BsonSerializationContext.Builder> configurator = null,
        BsonSerializationArgs args = default)
    {
        ArgumentNullException.ThrowIfNull(nominalType);
        args.SetOrValidateNominalType(nominalType, nameof(nominalType));
        switch (obj)
        {
            case null:
                return null;
            // Without a serializer of the caller the object presents itself.
            case BsonDocument document when serializer == null:
                return document;
            case IConvertibleToBsonDocument convertible when serializer == null:
                return convertible.ToBsonDocument();
        }
        var result = new BsonDocument();
        using var writer = new BsonDocumentWriter(result);
        CheckedSerializer(nominalType, serializer).Serialize(BsonSerializationContext.CreateRoot(writer, configurator), args, obj);
        return result;
    }

    public static string ToJson<TNominalType>(
        this TNominalType obj,
        JsonWriterSettings writerSettings = null,
        IBsonSerializer<TNominalType> serializer = null,
        Action<BsonSerializationContext.Builder> configurator = null,
        BsonSerializationArgs args = default)
    {
        args.SetOrValidateNominalType(typeof(TNominalType), "<TNominalType>");
        return ToJson(obj, typeof(TNominalType), writerSettings, serializer, configurator, args);
    }

    public static string ToJson(
        this object obj,
        Type nominalType,
        JsonWriterSettings writerSettings = null,
        IBsonSerializer serializer = null,
        Action<BsonSerializationContext.Builder> configurator = null,
        BsonSerializationArgs args = default)
    {
        ArgumentNullException.ThrowIfNull(nominalType);
        args.SetOrValidateNominalType(nominalType, nameof(nominalType));
        var text = new StringBuilder();
        using (var textWriter = new StringWriter(text, System.Globalization.CultureInfo.InvariantCulture))
        using (var writer = new JsonWriter(textWriter, writerSettings ?? JsonWriterSettings.Defaults))
        {
            CheckedSerializer(nominalType, serializer).Serialize(BsonSerializationContext.CreateRoot(writer, configurator), args, obj);
        }
        return text.ToString();
    }

    private static IBsonSerializer CheckedSerializer(Type nominalType, IBsonSerializer serializer)
    {
        serializer ??= BsonSerializer.LookupSerializer(nominalType);
        return serializer.ValueType == nominalType ? serializer
            : throw new ArgumentException($"The serializer is for {serializer.ValueType.FullName}, not for {nominalType.FullName}.", nameof(serializer));
    }

    private static void RequireNotBsonArray(IBsonSerializer serializer)
    {
        if (serializer.ValueType == typeof(BsonArray))
        {
            throw new InvalidOperationException("An array cannot be the root of encoded BSON; put it into a document.");
        }
    }
}
