using System.Collections;
using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes dictionaries of objects.</summary>
public sealed class DictionaryInterfaceImplementerSerializer<TDictionary> :
    DictionarySerializerBase<TDictionary>, IChildSerializerConfigurable, IMultipleChildSerializersConfigurable, IDictionaryRepresentationConfigurable
    where TDictionary : class, IDictionary, new()
{
    public DictionaryInterfaceImplementerSerializer() { }

    public DictionaryInterfaceImplementerSerializer(DictionaryRepresentation dictionaryRepresentation) : base(dictionaryRepresentation) { }

    public DictionaryInterfaceImplementerSerializer(DictionaryRepresentation dictionaryRepresentation, IBsonSerializer keySerializer, IBsonSerializer valueSerializer)
        : base(dictionaryRepresentation, keySerializer, valueSerializer) { }

    public DictionaryInterfaceImplementerSerializer<TDictionary> WithDictionaryRepresentation(DictionaryRepresentation dictionaryRepresentation) =>
        DictionaryRepresentation == dictionaryRepresentation ? this : new DictionaryInterfaceImplementerSerializer<TDictionary>(dictionaryRepresentation, KeySerializer, ValueSerializer);

    public DictionaryInterfaceImplementerSerializer<TDictionary> WithDictionaryRepresentation(
        DictionaryRepresentation dictionaryRepresentation, IBsonSerializer keySerializer, IBsonSerializer valueSerializer) =>
        new(dictionaryRepresentation, keySerializer, valueSerializer);

    public DictionaryInterfaceImplementerSerializer<TDictionary> WithKeySerializer(IBsonSerializer keySerializer) => new(DictionaryRepresentation, keySerializer, ValueSerializer);

    public DictionaryInterfaceImplementerSerializer<TDictionary> WithValueSerializer(IBsonSerializer valueSerializer) => new(DictionaryRepresentation, KeySerializer, valueSerializer);

    IBsonSerializer IChildSerializerConfigurable.ChildSerializer => ValueSerializer;

    IBsonSerializer IChildSerializerConfigurable.WithChildSerializer(IBsonSerializer childSerializer) =>
        WithValueSerializer((IBsonSerializer)childSerializer);

    IBsonSerializer[] IMultipleChildSerializersConfigurable.ChildSerializers => [KeySerializer, ValueSerializer];

    IBsonSerializer IMultipleChildSerializersConfigurable.WithChildSerializers(IBsonSerializer[] childSerializers) =>
        WithDictionaryRepresentation(DictionaryRepresentation, (IBsonSerializer)childSerializers[0], (IBsonSerializer)childSerializers[1]);

    IBsonSerializer IDictionaryRepresentationConfigurable.WithDictionaryRepresentation(DictionaryRepresentation dictionaryRepresentation) =>
        WithDictionaryRepresentation(dictionaryRepresentation);

    protected override TDictionary CreateInstance() => new();
}
