namespace MongoDB.Bson.Serialization;

/// <summary>Makes serializers that take those of their parts from a registry.</summary>
public interface IRegistryAwareBsonSerializationProvider : IBsonSerializationProvider
{
    /// <summary>A serializer for a type, or null where this provider has none.</summary>
    IBsonSerializer GetSerializer(Type type, IBsonSerializerRegistry serializerRegistry);
}
