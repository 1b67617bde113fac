using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Attributes;

/// <summary>The type of the value in BSON, and what conversions of numbers may lose.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class BsonRepresentationAttribute : BsonSerializationOptionsAttribute
{
    public BsonRepresentationAttribute(BsonType representation) => Representation = representation;

    public BsonType Representation { get; }

    public bool AllowOverflow { get; set; }

    public bool AllowTruncation { get; set; }

    protected override IBsonSerializer Apply(IBsonSerializer serializer) => serializer switch
    {
        // Items of collections are represented so; the collections themselves stay arrays.
        IRepresentationConfigurable value and not IChildSerializerConfigurable => WithConverter(value.WithRepresentation(Representation)),
        _ => base.Apply(serializer),
    };

    private IBsonSerializer WithConverter(IBsonSerializer serializer) => serializer is IRepresentationConverterConfigurable number
        ? number.WithConverter(new RepresentationConverter(AllowOverflow, AllowTruncation))
        : serializer;
}
