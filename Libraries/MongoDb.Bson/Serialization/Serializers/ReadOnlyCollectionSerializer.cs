using System.Collections.ObjectModel;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes read-only collections.</summary>
public sealed class ReadOnlyCollectionSerializer<TItem> : EnumerableInterfaceImplementerSerializerBase<ReadOnlyCollection<TItem>, TItem>, IChildSerializerConfigurable
{
    public ReadOnlyCollectionSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public ReadOnlyCollectionSerializer(IBsonSerializer<TItem> itemSerializer) : base(itemSerializer) { }

    public ReadOnlyCollectionSerializer(IBsonSerializerRegistry serializerRegistry) : base(serializerRegistry) { }

    public ReadOnlyCollectionSerializer<TItem> WithItemSerializer(IBsonSerializer<TItem> itemSerializer) =>
        ReferenceEquals(ItemSerializer, itemSerializer) ? this : new ReadOnlyCollectionSerializer<TItem>(itemSerializer);

    IBsonSerializer IChildSerializerConfigurable.ChildSerializer => ItemSerializer;

    IBsonSerializer IChildSerializerConfigurable.WithChildSerializer(IBsonSerializer childSerializer) =>
        WithItemSerializer((IBsonSerializer<TItem>)childSerializer);

    protected override object CreateAccumulator() => new List<TItem>();

    protected override ReadOnlyCollection<TItem> FinalizeResult(object accumulator) => ((List<TItem>)accumulator).AsReadOnly();
}
