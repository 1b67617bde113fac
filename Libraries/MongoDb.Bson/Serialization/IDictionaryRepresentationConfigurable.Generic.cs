using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization;

/// <summary>The same with the serializer's own type.</summary>
public interface IDictionaryRepresentationConfigurable<TSerializer> : IDictionaryRepresentationConfigurable where TSerializer : IBsonSerializer
{
    new TSerializer WithDictionaryRepresentation(DictionaryRepresentation dictionaryRepresentation);
}
