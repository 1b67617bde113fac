using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.Serialization.Attributes;

/// <summary>How the date is stored, and of which kind it is when it is read.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class BsonDateTimeOptionsAttribute : BsonSerializationOptionsAttribute
{
    public bool DateOnly { get; set; }

    public DateTimeKind Kind { get; set; } = DateTimeKind.Utc;

    public BsonType Representation { get; set; } = BsonType.DateTime;

    protected override IBsonSerializer Apply(IBsonSerializer serializer) => serializer switch
    {
        DateTimeSerializer date when DateOnly => date.WithDateOnly(DateOnly, Representation),
        DateTimeSerializer date => date.WithKind(Kind, Representation),
        _ => base.Apply(serializer),
    };
}
