using System.Collections.ObjectModel;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes subclasses of ReadOnlyCollection that a list is passed to.</summary>
public sealed class ReadOnlyCollectionSubclassSerializer<TValue, TItem> : EnumerableInterfaceImplementerSerializerBase<TValue, TItem>
    where TValue : ReadOnlyCollection<TItem>
{
    public ReadOnlyCollectionSubclassSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public ReadOnlyCollectionSubclassSerializer(IBsonSerializer<TItem> itemSerializer) : base(itemSerializer) { }

    public ReadOnlyCollectionSubclassSerializer(IBsonSerializerRegistry serializerRegistry) : base(serializerRegistry) { }

    protected override object CreateAccumulator() => new List<TItem>();

    protected override TValue FinalizeResult(object accumulator) => (TValue)Activator.CreateInstance(typeof(TValue), accumulator);
}
