namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>What serializers of collections share that are filled item by item.</summary>
public abstract class EnumerableInterfaceImplementerSerializerBase<TValue, TItem> : EnumerableSerializerBase<TValue, TItem> where TValue : IEnumerable<TItem>
{
    public EnumerableInterfaceImplementerSerializerBase() : this(BsonSerializer.SerializerRegistry) { }

    public EnumerableInterfaceImplementerSerializerBase(IBsonSerializer<TItem> itemSerializer) : base(itemSerializer) { }

    public EnumerableInterfaceImplementerSerializerBase(IBsonSerializerRegistry serializerRegistry) : base(serializerRegistry) { }

    protected override void AddItem(object accumulator, TItem item) => ((ICollection<TItem>)accumulator).Add(item);

    protected override IEnumerable<TItem> EnumerateItemsInSerializationOrder(TValue value) => value;

    protected override TValue FinalizeResult(object accumulator) => (TValue)accumulator;
}
