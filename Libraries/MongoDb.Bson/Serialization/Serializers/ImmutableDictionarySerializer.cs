using System.Collections.Immutable;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="ImmutableDictionary{TKey, TValue}"/>.</summary>
public class ImmutableDictionarySerializer<TKey, TValue> : DictionaryInterfaceImplementerSerializer<ImmutableDictionary<TKey, TValue>, TKey, TValue>
{
    protected override ICollection<KeyValuePair<TKey, TValue>> CreateAccumulator() => ImmutableDictionary.CreateBuilder<TKey, TValue>();

    protected override ImmutableDictionary<TKey, TValue> FinalizeAccumulator(ICollection<KeyValuePair<TKey, TValue>> accumulator) =>
        ((ImmutableDictionary<TKey, TValue>.Builder)accumulator).ToImmutable();
}
