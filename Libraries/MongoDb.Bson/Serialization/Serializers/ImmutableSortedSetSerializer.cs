using System.Collections.Immutable;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="ImmutableSortedSet{T}"/>.</summary>
public class ImmutableSortedSetSerializer<T> : EnumerableInterfaceImplementerSerializerBase<ImmutableSortedSet<T>, T>
{

    protected override object CreateAccumulator() => new List<T>();

    protected override ImmutableSortedSet<T> FinalizeResult(object accumulator) => ImmutableSortedSet.CreateRange((List<T>)accumulator);
}
