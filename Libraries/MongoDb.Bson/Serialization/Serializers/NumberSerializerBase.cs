using System.Globalization;
using System.Numerics;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>
/// What serializers of numbers share: the representation, and reading from every type of number that can hold the value by
/// the rules of a <see cref="RepresentationConverter"/>.
/// </summary>
public abstract class NumberSerializerBase<TSelf, TNumber> :
    StructSerializerBase<TNumber>, IRepresentationConfigurable<TSelf>, IRepresentationConverterConfigurable<TSelf>
    where TSelf : NumberSerializerBase<TSelf, TNumber>
    where TNumber : struct
{
    private protected NumberSerializerBase(BsonType representation, RepresentationConverter converter, bool isSupported)
    {
        ArgumentNullException.ThrowIfNull(converter);
        Representation = isSupported ? representation : throw UnsupportedRepresentation(representation);
        Converter = converter;
    }

    public RepresentationConverter Converter { get; }

    public BsonType Representation { get; }

    public override TNumber Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        var bsonType = reader.GetCurrentBsonType();
        return bsonType switch
        {
            BsonType.Int32 => FromInt32(reader.ReadInt32()),
            BsonType.Int64 => FromInt64(reader.ReadInt64()),
            BsonType.Double => FromDouble(reader.ReadDouble()),
            BsonType.Decimal128 => FromDecimal128(reader.ReadDecimal128()),
            BsonType.String => FromText(reader.ReadString()),
            _ => DeserializeOther(reader, bsonType),
        };
    }

    public override bool Equals(object obj) =>
        base.Equals(obj) && obj is TSelf other && Representation == other.Representation && Converter.Equals(other.Converter);

    public override int GetHashCode() => HashCode.Combine(GetType(), Representation);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, TNumber value)
    {
        ArgumentNullException.ThrowIfNull(context);
        var writer = context.Writer;
        switch (Representation)
        {
            case BsonType.Int32:
                writer.WriteInt32(ToInt32(value));
                break;
            case BsonType.Int64:
                writer.WriteInt64(ToInt64(value));
                break;
            case BsonType.Double:
                writer.WriteDouble(ToDouble(value));
                break;
            case BsonType.Decimal128:
                writer.WriteDecimal128(ToDecimal128(value));
                break;
            case BsonType.String:
                writer.WriteString(ToText(value));
                break;
            default:
                SerializeOther(writer, value);
                break;
        }
    }

    public abstract TSelf WithConverter(RepresentationConverter converter);

    public abstract TSelf WithRepresentation(BsonType representation);

    IBsonSerializer IRepresentationConfigurable.WithRepresentation(BsonType representation) => WithRepresentation(representation);

    IBsonSerializer IRepresentationConverterConfigurable.WithConverter(RepresentationConverter converter) => WithConverter(converter);

    private protected abstract TNumber FromInt32(int value);

    private protected abstract TNumber FromInt64(long value);

    private protected abstract TNumber FromDouble(double value);

    private protected abstract TNumber FromDecimal128(Decimal128 value);

    private protected abstract TNumber FromText(string value);

    private protected abstract int ToInt32(TNumber value);

    private protected abstract long ToInt64(TNumber value);

    private protected abstract double ToDouble(TNumber value);

    private protected abstract Decimal128 ToDecimal128(TNumber value);

    private protected abstract string ToText(TNumber value);

    private protected virtual TNumber DeserializeOther(IBsonReader reader, BsonType bsonType) =>
        throw CreateCannotDeserializeFromBsonTypeException(bsonType);

    private protected virtual void SerializeOther(IBsonWriter writer, TNumber value) => throw CreateCannotBeSerializedException();
}
