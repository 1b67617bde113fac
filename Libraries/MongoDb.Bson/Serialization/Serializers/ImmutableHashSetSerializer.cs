using System.Collections.Immutable;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="ImmutableHashSet{T}"/>.</summary>
public class ImmutableHashSetSerializer<T> : EnumerableInterfaceImplementerSerializerBase<ImmutableHashSet<T>, T>
{

    protected override object CreateAccumulator() => new List<T>();

    protected override ImmutableHashSet<T> FinalizeResult(object accumulator) => ImmutableHashSet.CreateRange((List<T>)accumulator);
}
