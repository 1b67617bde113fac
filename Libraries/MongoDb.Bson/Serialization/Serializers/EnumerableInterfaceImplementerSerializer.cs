using System.Collections;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes collections of objects.</summary>
public sealed class EnumerableInterfaceImplementerSerializer<TValue> : EnumerableInterfaceImplementerSerializerBase<TValue>, IChildSerializerConfigurable
    where TValue : IEnumerable, new()
{
    public EnumerableInterfaceImplementerSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public EnumerableInterfaceImplementerSerializer(IBsonSerializer itemSerializer) : base(itemSerializer) { }

    public EnumerableInterfaceImplementerSerializer(IBsonSerializerRegistry serializerRegistry) : base(serializerRegistry) { }

    public EnumerableInterfaceImplementerSerializer<TValue> WithItemSerializer(IBsonSerializer itemSerializer) =>
        ReferenceEquals(ItemSerializer, itemSerializer) ? this : new EnumerableInterfaceImplementerSerializer<TValue>(itemSerializer);

    IBsonSerializer IChildSerializerConfigurable.ChildSerializer => ItemSerializer;

    IBsonSerializer IChildSerializerConfigurable.WithChildSerializer(IBsonSerializer childSerializer) =>
        WithItemSerializer((IBsonSerializer)childSerializer);

    protected override object CreateAccumulator() => new TValue();
}
