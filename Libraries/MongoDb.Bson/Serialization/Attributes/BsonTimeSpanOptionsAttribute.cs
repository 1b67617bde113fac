using MongoDB.Bson.Serialization.Options;
using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.Serialization.Attributes;

/// <summary>How the time is stored.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class BsonTimeSpanOptionsAttribute : BsonSerializationOptionsAttribute
{
    public BsonTimeSpanOptionsAttribute(BsonType representation) : this(representation, TimeSpanUnits.Ticks) { }

    public BsonTimeSpanOptionsAttribute(BsonType representation, TimeSpanUnits units)
    {
        Representation = representation;
        Units = units;
    }

    public BsonType Representation { get; }

    public TimeSpanUnits Units { get; set; }

    protected override IBsonSerializer Apply(IBsonSerializer serializer) => serializer switch
    {
        TimeSpanSerializer time => time.WithRepresentation(Representation, Units),
        _ => base.Apply(serializer),
    };
}
