namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes arrays.</summary>
public sealed class ArraySerializer<TItem> : EnumerableSerializerBase<TItem[], TItem>, IChildSerializerConfigurable
{
    public ArraySerializer() : this(BsonSerializer.SerializerRegistry) { }

    public ArraySerializer(IBsonSerializer<TItem> itemSerializer) : base(itemSerializer) { }

    public ArraySerializer(IBsonSerializerRegistry serializerRegistry) : base(serializerRegistry) { }

    public ArraySerializer<TItem> WithItemSerializer(IBsonSerializer<TItem> itemSerializer) =>
        ReferenceEquals(ItemSerializer, itemSerializer) ? this : new ArraySerializer<TItem>(itemSerializer);

    IBsonSerializer IChildSerializerConfigurable.ChildSerializer => ItemSerializer;

    IBsonSerializer IChildSerializerConfigurable.WithChildSerializer(IBsonSerializer childSerializer) =>
        WithItemSerializer((IBsonSerializer<TItem>)childSerializer);

    protected override void AddItem(object accumulator, TItem item) => ((List<TItem>)accumulator).Add(item);

    protected override object CreateAccumulator() => new List<TItem>();

    protected override IEnumerable<TItem> EnumerateItemsInSerializationOrder(TItem[] value) => value;

    protected override TItem[] FinalizeResult(object accumulator) => [.. (List<TItem>)accumulator];
}
