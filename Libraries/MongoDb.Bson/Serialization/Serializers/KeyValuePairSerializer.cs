namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Makes serializers of pairs.</summary>
public static class KeyValuePairSerializer
{
    public static IBsonSerializer Create(BsonType representation, IBsonSerializer keySerializer, IBsonSerializer valueSerializer)
    {
        ArgumentNullException.ThrowIfNull(keySerializer);
        ArgumentNullException.ThrowIfNull(valueSerializer);
        var type = typeof(KeyValuePairSerializer<,>).MakeGenericType(keySerializer.ValueType, valueSerializer.ValueType);
        return (IBsonSerializer)Activator.CreateInstance(type, representation, keySerializer, valueSerializer);
    }
}
