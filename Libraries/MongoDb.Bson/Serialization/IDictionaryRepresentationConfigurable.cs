using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization;

/// <summary>A serializer whose representation can be chosen.</summary>
public interface IDictionaryRepresentationConfigurable
{
    DictionaryRepresentation DictionaryRepresentation { get; }

    IBsonSerializer WithDictionaryRepresentation(DictionaryRepresentation dictionaryRepresentation);
}
