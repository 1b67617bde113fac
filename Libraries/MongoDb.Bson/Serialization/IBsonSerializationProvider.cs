namespace MongoDB.Bson.Serialization;

/// <summary>Makes serializers.</summary>
public interface IBsonSerializationProvider
{
    /// <summary>A serializer for a type, or null where this provider has none.</summary>
    IBsonSerializer GetSerializer(Type type);
}
