using MongoDB.Bson.IO;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="DateTimeOffset"/>.</summary>
public sealed class DateTimeOffsetSerializer : StructSerializerBase<DateTimeOffset>, IRepresentationConfigurable<DateTimeOffsetSerializer>
{
    public DateTimeOffsetSerializer() : this(BsonType.Document) { }

    /// <exception cref="ArgumentException">The representation cannot hold such a value.</exception>
    public DateTimeOffsetSerializer(BsonType representation) =>
        Representation = representation is BsonType.Array or BsonType.DateTime or BsonType.Document or BsonType.String ? representation : throw UnsupportedRepresentation(representation);

    public BsonType Representation { get; }

    private static DateTimeOffset ReadDocument(BsonDeserializationContext context)
    {
        var (ticks, offset) = (0L, 0);
        var helper = new SerializerHelper(new("DateTime", 1, isOptional: true), new("Ticks", 2), new("Offset", 4));
        helper.DeserializeMembers(context, (_, flag) =>
        {
            switch (flag)
            {
                case 2:
                    ticks = Int64Serializer.Instance.Deserialize(context);
                    break;
                case 4:
                    offset = Int32Serializer.Instance.Deserialize(context);
                    break;
                default:
                    // A copy of the moment for queries; the ticks are exact.
                    context.Reader.SkipValue();
                    break;
            }
        });
        return new DateTimeOffset(ticks, TimeSpan.FromMinutes(offset));
    }

    public override DateTimeOffset Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        var bsonType = reader.GetCurrentBsonType();
        switch (bsonType)
        {
            case BsonType.Array:
                reader.ReadStartArray();
                var arrayTicks = reader.ReadInt64();
                var arrayOffset = Int32Serializer.Instance.Deserialize(context);
                reader.ReadEndArray();
                return new DateTimeOffset(arrayTicks, TimeSpan.FromMinutes(arrayOffset));
            case BsonType.DateTime:
                return DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadDateTime());
            case BsonType.Document:
                return ReadDocument(context);
            case BsonType.String:
                return JsonConvert.ToDateTimeOffset(reader.ReadString());
            default:
                throw CreateCannotDeserializeFromBsonTypeException(bsonType);
        }
    }

    public override bool Equals(object obj) => base.Equals(obj) && Representation == ((DateTimeOffsetSerializer)obj).Representation;

    public override int GetHashCode() => HashCode.Combine(GetType(), Representation);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, DateTimeOffset value)
    {
        ArgumentNullException.ThrowIfNull(context);
        var writer = context.Writer;
        var offset = (int)value.Offset.TotalMinutes;
        switch (Representation)
        {
            case BsonType.Array:
                writer.WriteStartArray();
                writer.WriteInt64(value.Ticks);
                writer.WriteInt32(offset);
                writer.WriteEndArray();
                break;
            case BsonType.DateTime:
                writer.WriteDateTime(value.ToUnixTimeMilliseconds());
                break;
            case BsonType.Document:
                writer.WriteStartDocument();
                writer.WriteDateTime("DateTime", BsonUtils.ToMillisecondsSinceEpoch(value.UtcDateTime));
                writer.WriteInt64("Ticks", value.Ticks);
                writer.WriteInt32("Offset", offset);
                writer.WriteEndDocument();
                break;
            default:
                writer.WriteString(JsonConvert.ToString(value));
                break;
        }
    }

    public DateTimeOffsetSerializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new DateTimeOffsetSerializer(representation);

    IBsonSerializer IRepresentationConfigurable.WithRepresentation(BsonType representation) => WithRepresentation(representation);
}
