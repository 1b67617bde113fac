using System.Collections.ObjectModel;
using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes read-only dictionaries, which are made from a dictionary.</summary>
public sealed class ReadOnlyDictionaryInterfaceImplementerSerializer<TDictionary, TKey, TValue> :
    DictionarySerializerBase<TDictionary, TKey, TValue>, IChildSerializerConfigurable, IMultipleChildSerializersConfigurable,
    IDictionaryRepresentationConfigurable<ReadOnlyDictionaryInterfaceImplementerSerializer<TDictionary, TKey, TValue>>
    where TDictionary : class, IReadOnlyDictionary<TKey, TValue>
{
    public ReadOnlyDictionaryInterfaceImplementerSerializer() { }

    public ReadOnlyDictionaryInterfaceImplementerSerializer(DictionaryRepresentation dictionaryRepresentation) : base(dictionaryRepresentation) { }

    public ReadOnlyDictionaryInterfaceImplementerSerializer(DictionaryRepresentation dictionaryRepresentation, IBsonSerializer<TKey> keySerializer, IBsonSerializer<TValue> valueSerializer)
        : base(dictionaryRepresentation, keySerializer, valueSerializer) { }

    public ReadOnlyDictionaryInterfaceImplementerSerializer<TDictionary, TKey, TValue> WithDictionaryRepresentation(DictionaryRepresentation dictionaryRepresentation) =>
        DictionaryRepresentation == dictionaryRepresentation ? this : new ReadOnlyDictionaryInterfaceImplementerSerializer<TDictionary, TKey, TValue>(dictionaryRepresentation, KeySerializer, ValueSerializer);

    public ReadOnlyDictionaryInterfaceImplementerSerializer<TDictionary, TKey, TValue> WithDictionaryRepresentation(
        DictionaryRepresentation dictionaryRepresentation, IBsonSerializer<TKey> keySerializer, IBsonSerializer<TValue> valueSerializer) =>
        new(dictionaryRepresentation, keySerializer, valueSerializer);

    public ReadOnlyDictionaryInterfaceImplementerSerializer<TDictionary, TKey, TValue> WithKeySerializer(IBsonSerializer<TKey> keySerializer) => new(DictionaryRepresentation, keySerializer, ValueSerializer);

    public ReadOnlyDictionaryInterfaceImplementerSerializer<TDictionary, TKey, TValue> WithValueSerializer(IBsonSerializer<TValue> valueSerializer) => new(DictionaryRepresentation, KeySerializer, valueSerializer);

    IBsonSerializer IChildSerializerConfigurable.ChildSerializer => ValueSerializer;

    IBsonSerializer IChildSerializerConfigurable.WithChildSerializer(IBsonSerializer childSerializer) =>
        WithValueSerializer((IBsonSerializer<TValue>)childSerializer);

    IBsonSerializer[] IMultipleChildSerializersConfigurable.ChildSerializers => [KeySerializer, ValueSerializer];

    IBsonSerializer IMultipleChildSerializersConfigurable.WithChildSerializers(IBsonSerializer[] childSerializers) =>
        WithDictionaryRepresentation(DictionaryRepresentation, (IBsonSerializer<TKey>)childSerializers[0], (IBsonSerializer<TValue>)childSerializers[1]);

    IBsonSerializer IDictionaryRepresentationConfigurable.WithDictionaryRepresentation(DictionaryRepresentation dictionaryRepresentation) =>
        WithDictionaryRepresentation(dictionaryRepresentation);

    protected override ICollection<KeyValuePair<TKey, TValue>> CreateAccumulator() => new Dictionary<TKey, TValue>();

    protected override TDictionary FinalizeAccumulator(ICollection<KeyValuePair<TKey, TValue>> accumulator) =>
        typeof(TDictionary).IsAssignableFrom(typeof(ReadOnlyDictionary<TKey, TValue>))
            ? (TDictionary)(object)new ReadOnlyDictionary<TKey, TValue>((Dictionary<TKey, TValue>)accumulator)
            : (TDictionary)Activator.CreateInstance(typeof(TDictionary), accumulator);
}
