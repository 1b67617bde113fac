using System.Globalization;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="TimeOnly"/>.</summary>
public sealed class TimeOnlySerializer : StructSerializerBase<TimeOnly>, IRepresentationConfigurable<TimeOnlySerializer>
{
    public TimeOnlySerializer() : this(BsonType.Int64) { }

    public TimeOnlySerializer(BsonType representation) : this(representation, TimeOnlyUnits.Ticks) { }

    /// <exception cref="ArgumentException">The representation cannot hold such a value.</exception>
    public TimeOnlySerializer(BsonType representation, TimeOnlyUnits units)
    {
        Representation = representation is BsonType.Double or BsonType.Int32 or BsonType.Int64 or BsonType.String or BsonType.Document ? representation : throw UnsupportedRepresentation(representation);
        Units = units;
    }

    public TimeOnlyUnits Units { get; }

    public static TimeOnlySerializer Instance { get; } = new();

    public BsonType Representation { get; }

    public TimeOnlySerializer WithRepresentation(BsonType representation, TimeOnlyUnits units) =>
        Representation == representation && Units == units ? this : new TimeOnlySerializer(representation, units);

    private double TicksPerUnit => Units switch
    {
        TimeOnlyUnits.Hours => TimeSpan.TicksPerHour,
        TimeOnlyUnits.Minutes => TimeSpan.TicksPerMinute,
        TimeOnlyUnits.Seconds => TimeSpan.TicksPerSecond,
        TimeOnlyUnits.Milliseconds => TimeSpan.TicksPerMillisecond,
        TimeOnlyUnits.Microseconds => TimeSpan.TicksPerMicrosecond,
        TimeOnlyUnits.Nanoseconds => 1.0 / TimeSpan.NanosecondsPerTick,
        _ => 1,
    };

    private TimeOnly FromUnits(double count) => new TimeOnly((long)(count * TicksPerUnit));

    private TimeOnly FromUnits(long count) => new TimeOnly(Units == TimeOnlyUnits.Nanoseconds ? count / TimeSpan.NanosecondsPerTick : checked(count * (long)TicksPerUnit));

    // A fraction of a unit is cut off.
    private long ToUnits(TimeOnly value) =>
        Units == TimeOnlyUnits.Nanoseconds ? checked(value.Ticks * TimeSpan.NanosecondsPerTick) : value.Ticks / (long)TicksPerUnit;

    private static TimeOnly ReadDocument(BsonDeserializationContext context)
    {
        var ticks = 0L;
        var helper = new SerializerHelper(
            new("Hour", 1, isOptional: true), new("Minute", 2, isOptional: true), new("Second", 4, isOptional: true),
            new("Millisecond", 8, isOptional: true), new("Microsecond", 16, isOptional: true), new("Nanosecond", 32, isOptional: true),
            new("Ticks", 64));
        helper.DeserializeMembers(context, (_, flag) =>
        {
            // The other elements are copies for queries; the ticks are exact.
            if (flag == 64)
            {
                ticks = Int64Serializer.Instance.Deserialize(context);
            }
            else
            {
                context.Reader.SkipValue();
            }
        });
        return new TimeOnly(ticks);
    }

    public override TimeOnly Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        var bsonType = reader.GetCurrentBsonType();
        switch (bsonType)
        {
            case BsonType.Document:
                return ReadDocument(context);
            case BsonType.Double:
                return FromUnits(reader.ReadDouble());
            case BsonType.Int32:
                return FromUnits(reader.ReadInt32());
            case BsonType.Int64:
                return FromUnits(reader.ReadInt64());
            case BsonType.String:
                return TimeOnly.Parse(reader.ReadString(), CultureInfo.InvariantCulture);
            default:
                throw CreateCannotDeserializeFromBsonTypeException(bsonType);
        }
    }

    public override bool Equals(object obj) => base.Equals(obj) && Representation == ((TimeOnlySerializer)obj).Representation && Units == ((TimeOnlySerializer)obj).Units;

    public override int GetHashCode() => HashCode.Combine(GetType(), Representation);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, TimeOnly value)
    {
        ArgumentNullException.ThrowIfNull(context);
        var writer = context.Writer;
        switch (Representation)
        {
            case BsonType.Document:
                writer.WriteStartDocument();
                writer.WriteInt32("Hour", value.Hour);
                writer.WriteInt32("Minute", value.Minute);
                writer.WriteInt32("Second", value.Second);
                writer.WriteInt32("Millisecond", value.Millisecond);
                writer.WriteInt32("Microsecond", value.Microsecond);
                writer.WriteInt32("Nanosecond", value.Nanosecond);
                writer.WriteInt64("Ticks", value.Ticks);
                writer.WriteEndDocument();
                break;
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
                writer.WriteString(value.ToString("o", CultureInfo.InvariantCulture));
                break;
        }
    }

    public TimeOnlySerializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new TimeOnlySerializer(representation, Units);

    IBsonSerializer IRepresentationConfigurable.WithRepresentation(BsonType representation) => WithRepresentation(representation);
}
