using System.Collections.Immutable;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="ImmutableSortedDictionary{TKey, TValue}"/>.</summary>
public class ImmutableSortedDictionarySerializer<TKey, TValue> : DictionaryInterfaceImplementerSerializer<ImmutableSortedDictionary<TKey, TValue>, TKey, TValue>
{
    protected override ICollection<KeyValuePair<TKey, TValue>> CreateAccumulator() => ImmutableSortedDictionary.CreateBuilder<TKey, TValue>();

    protected override ImmutableSortedDictionary<TKey, TValue> FinalizeAccumulator(ICollection<KeyValuePair<TKey, TValue>> accumulator) =>
        ((ImmutableSortedDictionary<TKey, TValue>.Builder)accumulator).ToImmutable();
}
