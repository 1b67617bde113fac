using System.Collections.Immutable;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="ImmutableQueue{T}"/>.</summary>
public class ImmutableQueueSerializer<T> : EnumerableInterfaceImplementerSerializerBase<ImmutableQueue<T>, T>
{

    protected override object CreateAccumulator() => new List<T>();

    protected override ImmutableQueue<T> FinalizeResult(object accumulator) => ImmutableQueue.CreateRange((List<T>)accumulator);
}
