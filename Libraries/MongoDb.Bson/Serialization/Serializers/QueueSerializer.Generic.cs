namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes queues.</summary>
public sealed class QueueSerializer<TItem> : EnumerableSerializerBase<Queue<TItem>, TItem>, IChildSerializerConfigurable
{
    public QueueSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public QueueSerializer(IBsonSerializer<TItem> itemSerializer) : base(itemSerializer) { }

    public QueueSerializer(IBsonSerializerRegistry serializerRegistry) : base(serializerRegistry) { }

    public QueueSerializer<TItem> WithItemSerializer(IBsonSerializer<TItem> itemSerializer) =>
        ReferenceEquals(ItemSerializer, itemSerializer) ? this : new QueueSerializer<TItem>(itemSerializer);

    IBsonSerializer IChildSerializerConfigurable.ChildSerializer => ItemSerializer;

    IBsonSerializer IChildSerializerConfigurable.WithChildSerializer(IBsonSerializer childSerializer) =>
        WithItemSerializer((IBsonSerializer<TItem>)childSerializer);

    protected override void AddItem(object accumulator, TItem item) => ((Queue<TItem>)accumulator).Enqueue(item);

    protected override object CreateAccumulator() => new Queue<TItem>();

    protected override IEnumerable<TItem> EnumerateItemsInSerializationOrder(Queue<TItem> value) => value;

    protected override Queue<TItem> FinalizeResult(object accumulator) => (Queue<TItem>)accumulator;
}
