namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>A serializer, or where to get it when it is first needed: a type may contain itself.</summary>
internal sealed class SerializerReference<T>
{
    private readonly IBsonSerializerRegistry _registry;
    private IBsonSerializer<T> _serializer;

    public SerializerReference(IBsonSerializer<T> serializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        _serializer = serializer;
    }

    public SerializerReference(IBsonSerializerRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        _registry = registry;
    }

    public IBsonSerializer<T> Value => _serializer ??= _registry.GetSerializer<T>();
}
