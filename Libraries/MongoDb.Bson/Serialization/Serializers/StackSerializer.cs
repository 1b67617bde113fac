using System.Collections;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes stacks of objects, the lowest item first.</summary>
public sealed class StackSerializer : EnumerableSerializerBase<Stack>, IChildSerializerConfigurable
{
    public StackSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public StackSerializer(IBsonSerializer itemSerializer) : base(itemSerializer) { }

    public StackSerializer(IBsonSerializerRegistry serializerRegistry) : base(serializerRegistry) { }

    public StackSerializer WithItemSerializer(IBsonSerializer itemSerializer) =>
        ReferenceEquals(ItemSerializer, itemSerializer) ? this : new StackSerializer(itemSerializer);

    IBsonSerializer IChildSerializerConfigurable.ChildSerializer => ItemSerializer;

    IBsonSerializer IChildSerializerConfigurable.WithChildSerializer(IBsonSerializer childSerializer) =>
        WithItemSerializer((IBsonSerializer)childSerializer);

    protected override void AddItem(object accumulator, object item) => ((Stack)accumulator).Push(item);

    protected override object CreateAccumulator() => new Stack();

    protected override IEnumerable EnumerateItemsInSerializationOrder(Stack value) => value.Cast<object>().Reverse();

    protected override Stack FinalizeResult(object accumulator) => (Stack)accumulator;
}
