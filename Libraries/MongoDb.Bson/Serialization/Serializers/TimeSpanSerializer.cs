using System.Globalization;
using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="TimeSpan"/>.</summary>
public sealed class TimeSpanSerializer : StructSerializerBase<TimeSpan>, IRepresentationConfigurable<TimeSpanSerializer>
{
    public TimeSpanSerializer() : this(BsonType.String) { }

    public TimeSpanSerializer(BsonType representation) : this(representation, TimeSpanUnits.Ticks) { }

    /// <exception cref="ArgumentException">The representation cannot hold such a value.</exception>
    public TimeSpanSerializer(BsonType representation, TimeSpanUnits units)
    {
        Representation = representation is BsonType.Double or BsonType.Int32 or BsonType.Int64 or BsonType.String ? representation : throw UnsupportedRepresentation(representation);
        Units = units;
    }

    public TimeSpanUnits Units { get; }

    public BsonType Representation { get; }

    public TimeSpanSerializer WithRepresentation(BsonType representation, TimeSpanUnits units) =>
        Representation == representation && Units == units ? this : new TimeSpanSerializer(representation, units);

    private double TicksPerUnit => Units switch
    {
        TimeSpanUnits.Days => TimeSpan.TicksPerDay,
        TimeSpanUnits.Hours => TimeSpan.TicksPerHour,
        TimeSpanUnits.Minutes => TimeSpan.TicksPerMinute,
        TimeSpanUnits.Seconds => TimeSpan.TicksPerSecond,
        TimeSpanUnits.Milliseconds => TimeSpan.TicksPerMillisecond,
        TimeSpanUnits.Microseconds => TimeSpan.TicksPerMicrosecond,
        TimeSpanUnits.Nanoseconds => 1.0 / TimeSpan.NanosecondsPerTick,
        _ => 1,
    };

    private TimeSpan FromUnits(double count) => new TimeSpan((long)(count * TicksPerUnit));

    private TimeSpan FromUnits(long count) => new TimeSpan(Units == TimeSpanUnits.Nanoseconds ? count / TimeSpan.NanosecondsPerTick : checked(count * (long)TicksPerUnit));

    // A fraction of a unit is cut off.
    private long ToUnits(TimeSpan value) =>
        Units == TimeSpanUnits.Nanoseconds ? checked(value.Ticks * TimeSpan.NanosecondsPerTick) : value.Ticks / (long)TicksPerUnit;

    public override TimeSpan Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        var bsonType = reader.GetCurrentBsonType();
        switch (bsonType)
        {
            case BsonType.Double:
                return FromUnits(reader.ReadDouble());
            case BsonType.Int32:
                return FromUnits(reader.ReadInt32());
            case BsonType.Int64:
                return FromUnits(reader.ReadInt64());
            case BsonType.String:
                return TimeSpan.Parse(reader.ReadString(), CultureInfo.InvariantCulture);
            default:
                throw CreateCannotDeserializeFromBsonTypeException(bsonType);
        }
    }

    public override bool Equals(object obj) => base.Equals(obj) && Representation == ((TimeSpanSerializer)obj).Representation && Units == ((TimeSpanSerializer)obj).Units;

    public override int GetHashCode() => HashCode.Combine(GetType(), Representation);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, TimeSpan value)
    {
        ArgumentNullException.ThrowIfNull(context);
        var writer = context.Writer;
        switch (Representation)
        {
            case BsonType.Double:
                writer.WriteDouble(value.Ticks / TicksPerUnit);
                break;
            case BsonType.Int32:
                writer.WriteInt32(checked((int)ToUnits(value)));
                break;
            case BsonType.Int64:
                writer.WriteInt64(ToUnits(value));
                break;
            default:
                writer.WriteString(value.ToString());
                break;
        }
    }

    public TimeSpanSerializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new TimeSpanSerializer(representation, Units);

    IBsonSerializer IRepresentationConfigurable.WithRepresentation(BsonType representation) => WithRepresentation(representation);
}
