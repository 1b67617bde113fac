using System.Collections;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>What serializers of collections of objects share that are filled item by item.</summary>
public abstract class EnumerableInterfaceImplementerSerializerBase<TValue> : EnumerableSerializerBase<TValue> where TValue : IEnumerable
{
    protected EnumerableInterfaceImplementerSerializerBase() { }

    protected EnumerableInterfaceImplementerSerializerBase(IBsonSerializer itemSerializer) : base(itemSerializer) { }

    protected EnumerableInterfaceImplementerSerializerBase(IBsonSerializerRegistry serializerRegistry) : base(serializerRegistry) { }

    protected override void AddItem(object accumulator, object item) => ((IList)accumulator).Add(item);

    protected override IEnumerable EnumerateItemsInSerializationOrder(TValue value) => value;

    protected override TValue FinalizeResult(object accumulator) => (TValue)accumulator;
}
