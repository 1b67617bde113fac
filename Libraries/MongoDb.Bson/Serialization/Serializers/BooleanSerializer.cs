using MongoDB.Bson.IO;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="bool"/>.</summary>
public sealed class BooleanSerializer : StructSerializerBase<bool>, IRepresentationConfigurable<BooleanSerializer>
{
    public BooleanSerializer() : this(BsonType.Boolean) { }

    /// <exception cref="ArgumentException">The representation cannot hold such a value.</exception>
    public BooleanSerializer(BsonType representation) =>
        Representation = representation is BsonType.Boolean or BsonType.Decimal128 or BsonType.Double or BsonType.Int32 or BsonType.Int64 or BsonType.String ? representation : throw UnsupportedRepresentation(representation);

    public static BooleanSerializer Instance { get; } = new();

    public BsonType Representation { get; }

    private static bool ReadNull(IBsonReader reader)
    {
        reader.ReadNull();
        return false;
    }

    public override bool Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        var bsonType = reader.GetCurrentBsonType();
        return bsonType switch
        {
            BsonType.Boolean => reader.ReadBoolean(),
            BsonType.Decimal128 => reader.ReadDecimal128() != Decimal128.Zero,
            BsonType.Double => reader.ReadDouble() != 0.0,
            BsonType.Int32 => reader.ReadInt32() != 0,
            BsonType.Int64 => reader.ReadInt64() != 0,
            BsonType.String => JsonConvert.ToBoolean(reader.ReadString()),
            BsonType.Null => ReadNull(reader),
            _ => throw CreateCannotDeserializeFromBsonTypeException(bsonType),
        };
    }

    public override bool Equals(object obj) => base.Equals(obj) && Representation == ((BooleanSerializer)obj).Representation;

    public override int GetHashCode() => HashCode.Combine(GetType(), Representation);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, bool value)
    {
        ArgumentNullException.ThrowIfNull(context);
        var writer = context.Writer;
        switch (Representation)
        {
            case BsonType.Decimal128:
                writer.WriteDecimal128(value ? Decimal128.One : Decimal128.Zero);
                break;
            case BsonType.Double:
                writer.WriteDouble(value ? 1.0 : 0.0);
                break;
            case BsonType.Int32:
                writer.WriteInt32(value ? 1 : 0);
                break;
            case BsonType.Int64:
                writer.WriteInt64(value ? 1 : 0);
                break;
            case BsonType.String:
                writer.WriteString(JsonConvert.ToString(value));
                break;
            default:
                writer.WriteBoolean(value);
                break;
        }
    }

    public BooleanSerializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new BooleanSerializer(representation);

    IBsonSerializer IRepresentationConfigurable.WithRepresentation(BsonType representation) => WithRepresentation(representation);
}
