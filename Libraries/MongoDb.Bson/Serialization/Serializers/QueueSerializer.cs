using System.Collections;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes queues of objects.</summary>
public sealed class QueueSerializer : EnumerableSerializerBase<Queue>, IChildSerializerConfigurable
{
    public QueueSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public QueueSerializer(IBsonSerializer itemSerializer) : base(itemSerializer) { }

    public QueueSerializer(IBsonSerializerRegistry serializerRegistry) : base(serializerRegistry) { }

    public QueueSerializer WithItemSerializer(IBsonSerializer itemSerializer) =>
        ReferenceEquals(ItemSerializer, itemSerializer) ? this : new QueueSerializer(itemSerializer);

    IBsonSerializer IChildSerializerConfigurable.ChildSerializer => ItemSerializer;

    IBsonSerializer IChildSerializerConfigurable.WithChildSerializer(IBsonSerializer childSerializer) =>
        WithItemSerializer((IBsonSerializer)childSerializer);

    protected override void AddItem(object accumulator, object item) => ((Queue)accumulator).Enqueue(item);

    protected override object CreateAccumulator() => new Queue();

    protected override IEnumerable EnumerateItemsInSerializationOrder(Queue value) => value;

    protected override Queue FinalizeResult(object accumulator) => (Queue)accumulator;
}
