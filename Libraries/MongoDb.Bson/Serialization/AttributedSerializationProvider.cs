using System.Reflection;
using MongoDB.Bson.Serialization.Attributes;

namespace MongoDB.Bson.Serialization;

/// <summary>Serializers that types name by <see cref="BsonSerializerAttribute"/>.</summary>
public class AttributedSerializationProvider : BsonSerializationProviderBase
{
    public override IBsonSerializer GetSerializer(Type type, IBsonSerializerRegistry serializerRegistry)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.GetCustomAttribute<BsonSerializerAttribute>(inherit: false) is { } attribute
            ? attribute.CreateSerializer(type, serializerType => CreateSerializer(serializerType, serializerRegistry))
            : null;
    }
}
