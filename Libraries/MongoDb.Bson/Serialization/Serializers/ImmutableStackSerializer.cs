using System.Collections.Immutable;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="ImmutableStack{T}"/>, the lowest item first.</summary>
public class ImmutableStackSerializer<T> : EnumerableInterfaceImplementerSerializerBase<ImmutableStack<T>, T>
{

    protected override object CreateAccumulator() => new List<T>();

    protected override IEnumerable<T> EnumerateItemsInSerializationOrder(ImmutableStack<T> value) => value.Reverse();

    protected override ImmutableStack<T> FinalizeResult(object accumulator) => ImmutableStack.CreateRange((List<T>)accumulator);
}
