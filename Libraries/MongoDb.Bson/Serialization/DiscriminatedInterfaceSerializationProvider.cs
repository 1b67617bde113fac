using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.Serialization;

/// <summary>Serializers of interfaces, which are those of the classes that implement them.</summary>
public class DiscriminatedInterfaceSerializationProvider : BsonSerializationProviderBase
{
    public override IBsonSerializer GetSerializer(Type type, IBsonSerializerRegistry serializerRegistry)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.IsInterface ? CreateGenericSerializer(typeof(DiscriminatedInterfaceSerializer<>), [type], serializerRegistry) : null;
    }
}
