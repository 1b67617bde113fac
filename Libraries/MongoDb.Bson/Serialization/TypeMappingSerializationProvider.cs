using System.Collections.Concurrent;

namespace MongoDB.Bson.Serialization;

/// <summary>Serializers by type, and generic ones by generic type.</summary>
public sealed class TypeMappingSerializationProvider : BsonSerializationProviderBase
{
    private readonly ConcurrentDictionary<Type, Type> _mappings = new();

    public override IBsonSerializer GetSerializer(Type type, IBsonSerializerRegistry serializerRegistry)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (_mappings.TryGetValue(type, out var serializerType))
        {
            return CreateSerializer(serializerType, serializerRegistry);
        }
        return type.IsGenericType && _mappings.TryGetValue(type.GetGenericTypeDefinition(), out serializerType)
            ? CreateGenericSerializer(serializerType, type.GetGenericArguments(), serializerRegistry)
            : null;
    }

    public void RegisterMapping(Type type, Type serializerType)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(serializerType);
        if (type.ContainsGenericParameters != serializerType.ContainsGenericParameters)
        {
            throw new ArgumentException("A generic serializer is for a generic type.", nameof(serializerType));
        }
        _mappings[type] = serializerType;
    }
}
