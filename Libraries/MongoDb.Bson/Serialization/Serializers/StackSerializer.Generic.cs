namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes stacks, the lowest item first.</summary>
public sealed class StackSerializer<TItem> : EnumerableSerializerBase<Stack<TItem>, TItem>, IChildSerializerConfigurable
{
    public StackSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public StackSerializer(IBsonSerializer<TItem> itemSerializer) : base(itemSerializer) { }

    public StackSerializer(IBsonSerializerRegistry serializerRegistry) : base(serializerRegistry) { }

    public StackSerializer<TItem> WithItemSerializer(IBsonSerializer<TItem> itemSerializer) =>
        ReferenceEquals(ItemSerializer, itemSerializer) ? this : new StackSerializer<TItem>(itemSerializer);

    IBsonSerializer IChildSerializerConfigurable.ChildSerializer => ItemSerializer;

    IBsonSerializer IChildSerializerConfigurable.WithChildSerializer(IBsonSerializer childSerializer) =>
        WithItemSerializer((IBsonSerializer<TItem>)childSerializer);

    protected override void AddItem(object accumulator, TItem item) => ((Stack<TItem>)accumulator).Push(item);

    protected override object CreateAccumulator() => new Stack<TItem>();

    protected override IEnumerable<TItem> EnumerateItemsInSerializationOrder(Stack<TItem> value) => value.Reverse();

    protected override Stack<TItem> FinalizeResult(object accumulator) => (Stack<TItem>)accumulator;
}
