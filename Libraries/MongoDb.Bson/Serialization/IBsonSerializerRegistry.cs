namespace MongoDB.Bson.Serialization;

/// <summary>Finds serializers.</summary>
public interface IBsonSerializerRegistry
{
    IBsonSerializer GetSerializer(Type type);

    IBsonSerializer<T> GetSerializer<T>();
}
