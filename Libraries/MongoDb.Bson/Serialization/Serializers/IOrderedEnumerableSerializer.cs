namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Makes serializers of ordered sequences.</summary>
public static class IOrderedEnumerableSerializer
{
    public static IBsonSerializer Create(IBsonSerializer itemSerializer, string thenByExceptionMessage)
    {
        ArgumentNullException.ThrowIfNull(itemSerializer);
        return (IBsonSerializer)Activator.CreateInstance(
            typeof(IOrderedEnumerableSerializer<>).MakeGenericType(itemSerializer.ValueType), itemSerializer, thenByExceptionMessage);
    }
}
