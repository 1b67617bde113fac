using System.Globalization;
using System.Numerics;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>What the serializers of signed and unsigned bytes share. As text a byte has two hexadecimal digits.</summary>
public abstract class ByteSerializerBase<TSelf, TByte> : StructSerializerBase<TByte>, IRepresentationConfigurable<TSelf>
    where TSelf : ByteSerializerBase<TSelf, TByte>
    where TByte : struct, IBinaryInteger<TByte>
{
    private protected ByteSerializerBase(BsonType representation) =>
        Representation = representation is BsonType.Binary or BsonType.Int32 or BsonType.Int64 or BsonType.String ? representation : throw UnsupportedRepresentation(representation);

    public BsonType Representation { get; }

    public override TByte Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        var bsonType = reader.GetCurrentBsonType();
        return bsonType switch
        {
            BsonType.Binary => FromBinary(reader.ReadBytes()),
            BsonType.Int32 => TByte.CreateChecked(reader.ReadInt32()),
            BsonType.Int64 => TByte.CreateChecked(reader.ReadInt64()),
            BsonType.String => TByte.Parse(reader.ReadString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            _ => throw CreateCannotDeserializeFromBsonTypeException(bsonType),
        };
    }

    public override bool Equals(object obj) => base.Equals(obj) && Representation == ((TSelf)obj).Representation;

    public override int GetHashCode() => HashCode.Combine(GetType(), Representation);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, TByte value)
    {
        ArgumentNullException.ThrowIfNull(context);
        var writer = context.Writer;
        switch (Representation)
        {
            case BsonType.Binary:
                writer.WriteBytes([byte.CreateTruncating(value)]);
                break;
            case BsonType.Int64:
                writer.WriteInt64(long.CreateChecked(value));
                break;
            case BsonType.String:
                writer.WriteString(value.ToString("x2", CultureInfo.InvariantCulture));
                break;
            default:
                writer.WriteInt32(int.CreateChecked(value));
                break;
        }
    }

    public abstract TSelf WithRepresentation(BsonType representation);

    IBsonSerializer IRepresentationConfigurable.WithRepresentation(BsonType representation) => WithRepresentation(representation);

    private static TByte FromBinary(byte[] bytes) => bytes.Length == 1
        ? TByte.CreateTruncating(bytes[0])
        : throw new FormatException($"{bytes.Length} bytes of binary data are not one {BsonUtils.GetFriendlyTypeName(typeof(TByte))}.");
}
