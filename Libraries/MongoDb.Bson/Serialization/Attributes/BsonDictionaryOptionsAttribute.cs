using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Attributes;

/// <summary>What the dictionary is in BSON.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class BsonDictionaryOptionsAttribute : BsonSerializationOptionsAttribute
{
    public BsonDictionaryOptionsAttribute() { }

    public BsonDictionaryOptionsAttribute(DictionaryRepresentation representation) => Representation = representation;

    public DictionaryRepresentation Representation { get; set; } = DictionaryRepresentation.Document;

    protected override IBsonSerializer Apply(IBsonSerializer serializer) => serializer switch
    {
        IDictionaryRepresentationConfigurable dictionary => dictionary.WithDictionaryRepresentation(Representation),
        _ => base.Apply(serializer),
    };
}
