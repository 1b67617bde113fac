using System.Globalization;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="DateOnly"/>.</summary>
public sealed class DateOnlySerializer : StructSerializerBase<DateOnly>, IRepresentationConfigurable<DateOnlySerializer>
{
    public DateOnlySerializer() : this(BsonType.DateTime) { }

    public DateOnlySerializer(BsonType representation) : this(representation, DateOnlyDocumentFormat.DateTimeTicks) { }

    /// <exception cref="ArgumentException">The representation cannot hold such a value.</exception>
    public DateOnlySerializer(BsonType representation, DateOnlyDocumentFormat documentFormat)
    {
        Representation = representation is BsonType.DateTime or BsonType.Document or BsonType.Int64 or BsonType.String
            ? representation
            : throw UnsupportedRepresentation(representation);
        DocumentFormat = documentFormat;
    }

    public DateOnlyDocumentFormat DocumentFormat { get; }

    public static DateOnlySerializer Instance { get; } = new();

    public BsonType Representation { get; }

    public DateOnlySerializer WithRepresentation(BsonType representation, DateOnlyDocumentFormat documentFormat) =>
        Representation == representation && DocumentFormat == documentFormat ? this : new DateOnlySerializer(representation, documentFormat);

    private static DateOnly FromMidnight(DateTime moment) => moment.TimeOfDay == TimeSpan.Zero
        ? DateOnly.FromDateTime(moment)
        : throw new FormatException($"{JsonConvert.ToString(moment)} is not a date without a time of day.");

    private static DateOnly ReadDocument(BsonDeserializationContext context)
    {
        var (year, month, day, ticks) = (0, 0, 0, -1L);
        var helper = new SerializerHelper(
            new("DateTime", 1, isOptional: true), new("Ticks", 2, isOptional: true),
            new("Year", 4, isOptional: true), new("Month", 8, isOptional: true), new("Day", 16, isOptional: true));
        helper.DeserializeMembers(context, (_, flag) =>
        {
            switch (flag)
            {
                case 2:
                    ticks = Int64Serializer.Instance.Deserialize(context);
                    break;
                case 4:
                    year = Int32Serializer.Instance.Deserialize(context);
                    break;
                case 8:
                    month = Int32Serializer.Instance.Deserialize(context);
                    break;
                case 16:
                    day = Int32Serializer.Instance.Deserialize(context);
                    break;
                default:
                    context.Reader.SkipValue();
                    break;
            }
        });
        return ticks >= 0 ? FromMidnight(new DateTime(ticks, DateTimeKind.Utc)) : new DateOnly(year, month, day);
    }

    public override DateOnly Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        var bsonType = reader.GetCurrentBsonType();
        switch (bsonType)
        {
            case BsonType.DateTime:
                return FromMidnight(BsonUtils.ToDateTimeFromMillisecondsSinceEpoch(reader.ReadDateTime()));
            case BsonType.Document:
                return ReadDocument(context);
            case BsonType.Int64:
                return FromMidnight(new DateTime(reader.ReadInt64(), DateTimeKind.Utc));
            case BsonType.String:
                return DateOnly.ParseExact(reader.ReadString(), "yyyy-MM-dd", CultureInfo.InvariantCulture);
            default:
                throw CreateCannotDeserializeFromBsonTypeException(bsonType);
        }
    }

    public override bool Equals(object obj) => base.Equals(obj) && Representation == ((DateOnlySerializer)obj).Representation && DocumentFormat == ((DateOnlySerializer)obj).DocumentFormat;

    public override int GetHashCode() => HashCode.Combine(GetType(), Representation);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, DateOnly value)
    {
        ArgumentNullException.ThrowIfNull(context);
        var writer = context.Writer;
        var midnight = value.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        switch (Representation)
        {
            case BsonType.Document when DocumentFormat == DateOnlyDocumentFormat.YearMonthDay:
                writer.WriteStartDocument();
                writer.WriteInt32("Year", value.Year);
                writer.WriteInt32("Month", value.Month);
                writer.WriteInt32("Day", value.Day);
                writer.WriteEndDocument();
                break;
            case BsonType.Document:
                writer.WriteStartDocument();
                writer.WriteDateTime("DateTime", BsonUtils.ToMillisecondsSinceEpoch(midnight));
                writer.WriteInt64("Ticks", midnight.Ticks);
                writer.WriteEndDocument();
                break;
            case BsonType.Int64:
                writer.WriteInt64(midnight.Ticks);
                break;
            case BsonType.String:
                writer.WriteString(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            default:
                writer.WriteDateTime(BsonUtils.ToMillisecondsSinceEpoch(midnight));
                break;
        }
    }

    public DateOnlySerializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new DateOnlySerializer(representation, DocumentFormat);

    IBsonSerializer IRepresentationConfigurable.WithRepresentation(BsonType representation) => WithRepresentation(representation);
}
