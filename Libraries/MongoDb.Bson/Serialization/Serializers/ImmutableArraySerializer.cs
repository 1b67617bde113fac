using System.Collections.Immutable;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="ImmutableArray{T}"/>.</summary>
public class ImmutableArraySerializer<T> : EnumerableInterfaceImplementerSerializerBase<ImmutableArray<T>, T>
{

    // An array that was never set has no items to enumerate.
    protected override IEnumerable<T> EnumerateItemsInSerializationOrder(ImmutableArray<T> value) => value.IsDefault ? [] : value;

    protected override object CreateAccumulator() => new List<T>();

    protected override ImmutableArray<T> FinalizeResult(object accumulator) => ImmutableArray.CreateRange((List<T>)accumulator);
}
