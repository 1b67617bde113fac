using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Conventions;
using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.Serialization;

/// <summary>Calls of serializers with the usual arguments, and questions to them.</summary>
public static class IBsonSerializerExtensions
{
    public static object Deserialize(this IBsonSerializer serializer, BsonDeserializationContext context)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        return serializer.Deserialize(context, new BsonDeserializationArgs { NominalType = serializer.ValueType });
    }

    public static TValue Deserialize<TValue>(this IBsonSerializer<TValue> serializer, BsonDeserializationContext context)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        return serializer.Deserialize(context, new BsonDeserializationArgs { NominalType = serializer.ValueType });
    }

    public static void Serialize(this IBsonSerializer serializer, BsonSerializationContext context, object value)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        serializer.Serialize(context, new BsonSerializationArgs { NominalType = serializer.ValueType }, value);
    }

    public static void Serialize<TValue>(this IBsonSerializer<TValue> serializer, BsonSerializationContext context, TValue value)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        serializer.Serialize(context, new BsonSerializationArgs { NominalType = serializer.ValueType }, value);
    }

    /// <summary>A serializer of a base type for values that are always of the derived type.</summary>
    public static IBsonSerializer GetBaseTypeSerializer(this IBsonSerializer derivedTypeSerializer, Type baseType)
    {
        ArgumentNullException.ThrowIfNull(derivedTypeSerializer);
        ArgumentNullException.ThrowIfNull(baseType);
        if (derivedTypeSerializer.ValueType == baseType)
        {
            return derivedTypeSerializer;
        }
        return baseType.IsAssignableFrom(derivedTypeSerializer.ValueType)
            ? BsonSerializer.LookupSerializer(baseType)
            : throw new ArgumentException($"{baseType.FullName} is not a base type of {derivedTypeSerializer.ValueType.FullName}.", nameof(baseType));
    }

    public static IBsonSerializer GetDerivedTypeSerializer(this IBsonSerializer baseTypeSerializer, Type derivedType)
    {
        ArgumentNullException.ThrowIfNull(baseTypeSerializer);
        ArgumentNullException.ThrowIfNull(derivedType);
        if (baseTypeSerializer.ValueType == derivedType)
        {
            return baseTypeSerializer;
        }
        return baseTypeSerializer.ValueType.IsAssignableFrom(derivedType)
            ? BsonSerializer.LookupSerializer(derivedType)
            : throw new ArgumentException($"{derivedType.FullName} is not derived from {baseTypeSerializer.ValueType.FullName}.", nameof(derivedType));
    }

    public static IDiscriminatorConvention GetDiscriminatorConvention(this IBsonSerializer serializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        return serializer is IHasDiscriminatorConvention { DiscriminatorConvention: var convention }
            ? convention
            : BsonSerializer.LookupDiscriminatorConvention(serializer.ValueType);
    }

    public static BsonValue ToBsonValue(this IBsonSerializer serializer, object value) =>
        ToBsonValue(context => serializer.Serialize(context, value));

    public static BsonValue ToBsonValue<TValue>(this IBsonSerializer<TValue> serializer, TValue value) =>
        ToBsonValue(context => serializer.Serialize(context, value));

    private static BsonValue ToBsonValue(Action<BsonSerializationContext> serialize)
    {
        var document = new BsonDocument();
        using var writer = new BsonDocumentWriter(document);
        writer.WriteStartDocument();
        writer.WriteName("_v");
        serialize(BsonSerializationContext.CreateRoot(writer));
        writer.WriteEndDocument();
        return document[0];
    }
}
