using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="decimal"/>.</summary>
public sealed class DecimalSerializer : NumberSerializerBase<DecimalSerializer, decimal>
{
    public DecimalSerializer() : this(BsonType.Decimal128) { }

    public DecimalSerializer(BsonType representation) : this(representation, new RepresentationConverter(allowOverflow: false, allowTruncation: true)) { }

    /// <exception cref="ArgumentException">The representation cannot hold numbers.</exception>
    public DecimalSerializer(BsonType representation, RepresentationConverter converter)
        : base(representation, converter, representation is BsonType.Int32 or BsonType.Int64 or BsonType.Double or BsonType.Decimal128 or BsonType.String or BsonType.Array) { }

    public static DecimalSerializer Instance { get; } = new();

    public override DecimalSerializer WithConverter(RepresentationConverter converter) =>
        Converter.Equals(converter) ? this : new DecimalSerializer(Representation, converter);

    public override DecimalSerializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new DecimalSerializer(representation, Converter);

    private protected override decimal FromInt32(int value) => Converter.ToDecimal(value);

    private protected override decimal FromInt64(long value) => Converter.ToDecimal(value);

    private protected override decimal FromDouble(double value) => Converter.ToDecimal(value);

    private protected override decimal FromDecimal128(Decimal128 value) => Converter.ToDecimal(value);

    private protected override decimal FromText(string value) => JsonConvert.ToDecimal(value);

    private protected override int ToInt32(decimal value) => Converter.ToInt32(value);

    private protected override long ToInt64(decimal value) => Converter.ToInt64(value);

    private protected override double ToDouble(decimal value) => Converter.ToDouble(value);

    private protected override Decimal128 ToDecimal128(decimal value) => Converter.ToDecimal128(value);

    private protected override string ToText(decimal value) => JsonConvert.ToString(value);

    // The form that this type had before there was Decimal128: the four parts of the number.
    private protected override decimal DeserializeOther(IBsonReader reader, BsonType bsonType)
    {
        if (bsonType != BsonType.Array)
        {
            return base.DeserializeOther(reader, bsonType);
        }
        Span<int> parts = stackalloc int[4];
        reader.ReadStartArray();
        foreach (ref var part in parts)
        {
            part = reader.ReadInt32();
        }
        reader.ReadEndArray();
        return new decimal(parts);
    }

    private protected override void SerializeOther(IBsonWriter writer, decimal value)
    {
        writer.WriteStartArray();
        foreach (var part in decimal.GetBits(value))
        {
            writer.WriteInt32(part);
        }
        writer.WriteEndArray();
    }
}
