using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.Serialization.Attributes;

/// <summary>How the GUID is stored.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class BsonGuidRepresentationAttribute : BsonSerializationOptionsAttribute
{
    public BsonGuidRepresentationAttribute(GuidRepresentation guidRepresentation) => GuidRepresentation = guidRepresentation;

    public GuidRepresentation GuidRepresentation { get; }

    protected override IBsonSerializer Apply(IBsonSerializer serializer) => serializer switch
    {
        GuidSerializer guid => guid.WithGuidRepresentation(GuidRepresentation),
        ObjectSerializer value => new ObjectSerializer(
            value.DiscriminatorConvention, GuidRepresentation, value.AllowedDeserializationTypes, value.AllowedSerializationTypes),
        _ => base.Apply(serializer),
    };
}
