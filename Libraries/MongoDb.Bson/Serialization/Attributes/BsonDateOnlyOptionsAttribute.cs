using MongoDB.Bson.Serialization.Options;
using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.Serialization.Attributes;

/// <summary>How the date is stored.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class BsonDateOnlyOptionsAttribute : BsonSerializationOptionsAttribute
{
    public BsonDateOnlyOptionsAttribute(BsonType representation, DateOnlyDocumentFormat documentDocumentFormat = DateOnlyDocumentFormat.DateTimeTicks)
    {
        Representation = representation;
        DocumentFormat = documentDocumentFormat;
    }

    public BsonType Representation { get; }

    public DateOnlyDocumentFormat DocumentFormat { get; }

    protected override IBsonSerializer Apply(IBsonSerializer serializer) => serializer switch
    {
        DateOnlySerializer date => date.WithRepresentation(Representation, DocumentFormat),
        _ => base.Apply(serializer),
    };
}
