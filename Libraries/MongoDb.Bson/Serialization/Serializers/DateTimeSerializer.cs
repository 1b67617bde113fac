using System.Globalization;
using MongoDB.Bson.IO;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="DateTime"/>.</summary>
public sealed class DateTimeSerializer : StructSerializerBase<DateTime>, IRepresentationConfigurable<DateTimeSerializer>
{
    public DateTimeSerializer() : this(DateTimeKind.Utc) { }

    public DateTimeSerializer(bool dateOnly) : this(dateOnly, BsonType.DateTime) { }

    public DateTimeSerializer(bool dateOnly, BsonType representation) : this(dateOnly, DateTimeKind.Utc, representation) { }

    public DateTimeSerializer(BsonType representation) : this(DateTimeKind.Utc, representation) { }

    public DateTimeSerializer(DateTimeKind kind) : this(kind, BsonType.DateTime) { }

    public DateTimeSerializer(DateTimeKind kind, BsonType representation) : this(dateOnly: false, kind, representation) { }

    private DateTimeSerializer(bool dateOnly, DateTimeKind kind, BsonType representation)
    {
        Representation = representation is BsonType.DateTime or BsonType.Document or BsonType.Int64 or BsonType.String
            ? representation
            : throw UnsupportedRepresentation(representation);
        DateOnly = dateOnly;
        Kind = kind;
    }

    public static DateTimeSerializer DateOnlyInstance { get; } = new(dateOnly: true);

    public static DateTimeSerializer LocalInstance { get; } = new(DateTimeKind.Local);

    public static DateTimeSerializer UtcInstance { get; } = new(DateTimeKind.Utc);

    /// <summary>Whether a time of day other than midnight is an error.</summary>
    public bool DateOnly { get; }

    /// <summary>The kind of what is read.</summary>
    public DateTimeKind Kind { get; }

    public static DateTimeSerializer Instance { get; } = new();

    public BsonType Representation { get; }

    public DateTimeSerializer WithDateOnly(bool dateOnly) => WithDateOnly(dateOnly, Representation);

    public DateTimeSerializer WithDateOnly(bool dateOnly, BsonType representation) =>
        DateOnly == dateOnly && Representation == representation ? this : new DateTimeSerializer(dateOnly, Kind, representation);

    public DateTimeSerializer WithKind(DateTimeKind kind) => WithKind(kind, Representation);

    public DateTimeSerializer WithKind(DateTimeKind kind, BsonType representation) =>
        Kind == kind && Representation == representation ? this : new DateTimeSerializer(DateOnly, kind, representation);

    private DateTime ToUtc(DateTime value)
    {
        if (!DateOnly)
        {
            return BsonUtils.ToUniversalTime(value);
        }
        return value.TimeOfDay == TimeSpan.Zero ? DateTime.SpecifyKind(value, DateTimeKind.Utc)
            : throw new BsonSerializationException($"{JsonConvert.ToString(value)} is not a date without a time of day.");
    }

    private string Text(DateTime value, DateTime utc) =>
        JsonConvert.ToString(value == DateTime.MinValue || value == DateTime.MaxValue || Kind != DateTimeKind.Local ? utc : BsonUtils.ToLocalTime(utc));

    private static DateTime ReadDocument(BsonDeserializationContext context)
    {
        var utc = default(DateTime);
        var helper = new SerializerHelper(new("DateTime", 1, isOptional: true), new("Ticks", 2));
        helper.DeserializeMembers(context, (_, flag) =>
        {
            // The other element is a copy for queries; the ticks are exact.
            if (flag == 2)
            {
                utc = new DateTime(Int64Serializer.Instance.Deserialize(context), DateTimeKind.Utc);
            }
            else
            {
                context.Reader.SkipValue();
            }
        });
        return utc;
    }

    public override DateTime Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        var bsonType = reader.GetCurrentBsonType();
        var utc = bsonType switch
        {
            // A moment outside of the range of DateTime is an error of the data.
            BsonType.DateTime => BsonUtils.ToDateTimeFromMillisecondsSinceEpoch(reader.ReadDateTime()),
            BsonType.Document => ReadDocument(context),
            BsonType.Int64 => new DateTime(reader.ReadInt64(), DateTimeKind.Utc),
            BsonType.String => DateOnly
                ? DateTime.SpecifyKind(DateTime.ParseExact(reader.ReadString(), "yyyy-MM-dd", CultureInfo.InvariantCulture), DateTimeKind.Utc)
                : JsonConvert.ToDateTime(reader.ReadString()),
            _ => throw CreateCannotDeserializeFromBsonTypeException(bsonType),
        };
        if (DateOnly)
        {
            return utc.TimeOfDay == TimeSpan.Zero ? DateTime.SpecifyKind(utc, Kind)
                : throw new FormatException($"{JsonConvert.ToString(utc)} is not a date without a time of day.");
        }
        return Kind switch
        {
            DateTimeKind.Utc => utc,
            DateTimeKind.Local => BsonUtils.ToLocalTime(utc),
            _ => DateTime.SpecifyKind(utc, DateTimeKind.Unspecified),
        };
    }

    public override bool Equals(object obj) => base.Equals(obj) && Representation == ((DateTimeSerializer)obj).Representation && DateOnly == ((DateTimeSerializer)obj).DateOnly && Kind == ((DateTimeSerializer)obj).Kind;

    public override int GetHashCode() => HashCode.Combine(GetType(), Representation);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, DateTime value)
    {
        ArgumentNullException.ThrowIfNull(context);
        var writer = context.Writer;
        var utc = ToUtc(value);
        switch (Representation)
        {
            case BsonType.Document:
                writer.WriteStartDocument();
                writer.WriteDateTime("DateTime", BsonUtils.ToMillisecondsSinceEpoch(utc));
                writer.WriteInt64("Ticks", utc.Ticks);
                writer.WriteEndDocument();
                break;
            case BsonType.Int64:
                writer.WriteInt64(utc.Ticks);
                break;
            case BsonType.String:
                writer.WriteString(DateOnly ? value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : Text(value, utc));
                break;
            default:
                writer.WriteDateTime(BsonUtils.ToMillisecondsSinceEpoch(utc));
                break;
        }
    }

    public DateTimeSerializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new DateTimeSerializer(DateOnly, Kind, representation);

    IBsonSerializer IRepresentationConfigurable.WithRepresentation(BsonType representation) => WithRepresentation(representation);
}
