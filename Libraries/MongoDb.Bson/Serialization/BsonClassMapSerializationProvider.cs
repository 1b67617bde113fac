namespace MongoDB.Bson.Serialization;

/// <summary>Serializers of classes and structures by their members.</summary>
internal sealed class BsonClassMapSerializationProvider : BsonSerializationProviderBase
{
    public override IBsonSerializer GetSerializer(Type type, IBsonSerializerRegistry serializerRegistry)
    {
        var isMapped = (type.IsClass || (type.IsValueType && !type.IsPrimitive)) && !typeof(Array).IsAssignableFrom(type) && !typeof(Enum).IsAssignableFrom(type);
        if (!isMapped)
        {
            return null;
        }
        var classMap = BsonClassMap.LookupClassMap(type);
        return (IBsonSerializer)Activator.CreateInstance(typeof(BsonClassMapSerializer<>).MakeGenericType(type), classMap);
    }
}
