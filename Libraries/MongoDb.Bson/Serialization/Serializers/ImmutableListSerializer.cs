using System.Collections.Immutable;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="ImmutableList{T}"/>.</summary>
public class ImmutableListSerializer<T> : EnumerableInterfaceImplementerSerializerBase<ImmutableList<T>, T>
{

    protected override object CreateAccumulator() => new List<T>();

    protected override ImmutableList<T> FinalizeResult(object accumulator) => ImmutableList.CreateRange((List<T>)accumulator);
}
