namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Makes serializers of arrays.</summary>
public static class ArraySerializer
{
    public static IBsonSerializer Create(IBsonSerializer itemSerializer)
    {
        ArgumentNullException.ThrowIfNull(itemSerializer);
        return (IBsonSerializer)Activator.CreateInstance(typeof(ArraySerializer<>).MakeGenericType(itemSerializer.ValueType), itemSerializer);
    }
}
