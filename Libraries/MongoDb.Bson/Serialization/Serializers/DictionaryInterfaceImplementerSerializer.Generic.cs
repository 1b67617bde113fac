using System.Linq.Expressions;
using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes dictionaries that are made empty and filled.</summary>
public class DictionaryInterfaceImplementerSerializer<TDictionary, TKey, TValue> :
    DictionarySerializerBase<TDictionary, TKey, TValue>, IChildSerializerConfigurable, IMultipleChildSerializersConfigurable,
    IDictionaryRepresentationConfigurable<DictionaryInterfaceImplementerSerializer<TDictionary, TKey, TValue>>
    where TDictionary : class, IDictionary<TKey, TValue>
{
    private static readonly Func<TDictionary> Create = typeof(TDictionary).IsAbstract || typeof(TDictionary).GetConstructor(Type.EmptyTypes) == null
        ? null
        : Expression.Lambda<Func<TDictionary>>(Expression.New(typeof(TDictionary))).Compile();

    public DictionaryInterfaceImplementerSerializer() { }

    public DictionaryInterfaceImplementerSerializer(DictionaryRepresentation dictionaryRepresentation) : base(dictionaryRepresentation) { }

    public DictionaryInterfaceImplementerSerializer(DictionaryRepresentation dictionaryRepresentation, IBsonSerializer<TKey> keySerializer, IBsonSerializer<TValue> valueSerializer)
        : base(dictionaryRepresentation, keySerializer, valueSerializer) { }

    public DictionaryInterfaceImplementerSerializer<TDictionary, TKey, TValue> WithDictionaryRepresentation(DictionaryRepresentation dictionaryRepresentation) =>
        DictionaryRepresentation == dictionaryRepresentation ? this : new DictionaryInterfaceImplementerSerializer<TDictionary, TKey, TValue>(dictionaryRepresentation, KeySerializer, ValueSerializer);

    public DictionaryInterfaceImplementerSerializer<TDictionary, TKey, TValue> WithDictionaryRepresentation(
        DictionaryRepresentation dictionaryRepresentation, IBsonSerializer<TKey> keySerializer, IBsonSerializer<TValue> valueSerializer) =>
        new(dictionaryRepresentation, keySerializer, valueSerializer);

    public DictionaryInterfaceImplementerSerializer<TDictionary, TKey, TValue> WithKeySerializer(IBsonSerializer<TKey> keySerializer) => new(DictionaryRepresentation, keySerializer, ValueSerializer);

    public DictionaryInterfaceImplementerSerializer<TDictionary, TKey, TValue> WithValueSerializer(IBsonSerializer<TValue> valueSerializer) => new(DictionaryRepresentation, KeySerializer, valueSerializer);

    IBsonSerializer IChildSerializerConfigurable.ChildSerializer => ValueSerializer;

    IBsonSerializer IChildSerializerConfigurable.WithChildSerializer(IBsonSerializer childSerializer) =>
        WithValueSerializer((IBsonSerializer<TValue>)childSerializer);

    IBsonSerializer[] IMultipleChildSerializersConfigurable.ChildSerializers => [KeySerializer, ValueSerializer];

    IBsonSerializer IMultipleChildSerializersConfigurable.WithChildSerializers(IBsonSerializer[] childSerializers) =>
        WithDictionaryRepresentation(DictionaryRepresentation, (IBsonSerializer<TKey>)childSerializers[0], (IBsonSerializer<TValue>)childSerializers[1]);

    IBsonSerializer IDictionaryRepresentationConfigurable.WithDictionaryRepresentation(DictionaryRepresentation dictionaryRepresentation) =>
        WithDictionaryRepresentation(dictionaryRepresentation);

    protected override ICollection<KeyValuePair<TKey, TValue>> CreateAccumulator() =>
        Create == null ? throw CreateCannotBeDeserializedException() : Create();
}
