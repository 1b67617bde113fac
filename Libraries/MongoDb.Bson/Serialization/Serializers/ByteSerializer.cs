using System.Globalization;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="byte"/>.</summary>
public sealed class ByteSerializer : StructSerializerBase<byte>, IRepresentationConfigurable<ByteSerializer>
{
    public ByteSerializer() : this(BsonType.Int32) { }

    /// <exception cref="ArgumentException">The representation cannot hold such a value.</exception>
    public ByteSerializer(BsonType representation) =>
        Representation = representation is BsonType.Binary or BsonType.Int32 or BsonType.Int64 or BsonType.String ? representation : throw UnsupportedRepresentation(representation);

    public static ByteSerializer Instance { get; } = new();

    public BsonType Representation { get; }

    private static byte ReadBinary(byte[] bytes) =>
        bytes.Length == 1 ? (byte)bytes[0] : throw new FormatException($"{bytes.Length} bytes of binary data are not one byte.");

    // Two hexadecimal digits, as this type is written.
    private static byte Parse(string text) => byte.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    public override byte Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        var bsonType = reader.GetCurrentBsonType();
        return bsonType switch
        {
            BsonType.Binary => ReadBinary(reader.ReadBytes()),
            BsonType.Int32 => checked((byte)reader.ReadInt32()),
            BsonType.Int64 => checked((byte)reader.ReadInt64()),
            BsonType.String => Parse(reader.ReadString()),
            _ => throw CreateCannotDeserializeFromBsonTypeException(bsonType),
        };
    }

    public override bool Equals(object obj) => base.Equals(obj) && Representation == ((ByteSerializer)obj).Representation;

    public override int GetHashCode() => HashCode.Combine(GetType(), Representation);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, byte value)
    {
        ArgumentNullException.ThrowIfNull(context);
        var writer = context.Writer;
        switch (Representation)
        {
            case BsonType.Binary:
                writer.WriteBytes([(byte)value]);
                break;
            case BsonType.Int64:
                writer.WriteInt64(value);
                break;
            case BsonType.String:
                writer.WriteString(string.Create(CultureInfo.InvariantCulture, $"{value:x2}"));
                break;
            default:
                writer.WriteInt32(value);
                break;
        }
    }

    public ByteSerializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new ByteSerializer(representation);

    IBsonSerializer IRepresentationConfigurable.WithRepresentation(BsonType representation) => WithRepresentation(representation);
}
