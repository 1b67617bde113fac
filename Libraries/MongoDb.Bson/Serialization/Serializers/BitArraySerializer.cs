using System.Collections;
using MongoDB.Bson.IO;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="BitArray"/>.</summary>
public sealed class BitArraySerializer : SealedClassSerializerBase<BitArray>, IRepresentationConfigurable<BitArraySerializer>
{
    public BitArraySerializer() : this(BsonType.Binary) { }

    /// <exception cref="ArgumentException">The representation cannot hold such a value.</exception>
    public BitArraySerializer(BsonType representation) =>
        Representation = representation is BsonType.Binary or BsonType.String ? representation : throw UnsupportedRepresentation(representation);

    public BsonType Representation { get; }

    private static bool Bit(char digit) => digit switch
    {
        '0' => false,
        '1' => true,
        _ => throw new FormatException($"'{digit}' is not a bit."),
    };

    protected override BitArray DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        var reader = context.Reader;
        var bsonType = reader.GetCurrentBsonType();
        switch (bsonType)
        {
            case BsonType.Binary:
                return new BitArray(reader.ReadBytes());
            case BsonType.String:
                return new BitArray([.. reader.ReadString().Select(Bit)]);
            case BsonType.Document:
                // Bits that do not fill the last byte: their count, too.
                reader.ReadStartDocument();
                var length = reader.ReadInt32("Length");
                var bytes = reader.ReadBytes("Bytes");
                reader.ReadEndDocument();
                return length >= 0 && length <= bytes.Length * 8 ? new BitArray(bytes) { Length = length }
                    : throw new FormatException($"{bytes.Length} bytes do not hold {length} bits.");
            default:
                throw CreateCannotDeserializeFromBsonTypeException(bsonType);
        }
    }

    public override bool Equals(object obj) => base.Equals(obj) && Representation == ((BitArraySerializer)obj).Representation;

    public override int GetHashCode() => HashCode.Combine(GetType(), Representation);

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BitArray value)
    {
        var writer = context.Writer;
        if (Representation == BsonType.String)
        {
            writer.WriteString(string.Concat(value.Cast<bool>().Select(bit => bit ? '1' : '0')));
            return;
        }
        var bytes = new byte[(value.Length + 7) / 8];
        value.CopyTo(bytes, 0);
        if (value.Length % 8 == 0)
        {
            writer.WriteBytes(bytes);
            return;
        }
        writer.WriteStartDocument();
        writer.WriteInt32("Length", value.Length);
        writer.WriteBytes("Bytes", bytes);
        writer.WriteEndDocument();
    }

    public BitArraySerializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new BitArraySerializer(representation);

    IBsonSerializer IRepresentationConfigurable.WithRepresentation(BsonType representation) => WithRepresentation(representation);
}
