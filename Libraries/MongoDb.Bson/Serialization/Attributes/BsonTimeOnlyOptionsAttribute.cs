using MongoDB.Bson.Serialization.Options;
using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.Serialization.Attributes;

/// <summary>How the time is stored.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class BsonTimeOnlyOptionsAttribute : BsonSerializationOptionsAttribute
{
    public BsonTimeOnlyOptionsAttribute(BsonType representation) : this(representation, TimeOnlyUnits.Ticks) { }

    public BsonTimeOnlyOptionsAttribute(BsonType representation, TimeOnlyUnits units)
    {
        Representation = representation;
        Units = units;
    }

    public BsonType Representation { get; }

    public TimeOnlyUnits Units { get; }

    protected override IBsonSerializer Apply(IBsonSerializer serializer) => serializer switch
    {
        TimeOnlySerializer time => time.WithRepresentation(Representation, Units),
        _ => base.Apply(serializer),
    };
}
