using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="Half"/>.</summary>
public sealed class HalfSerializer : NumberSerializerBase<HalfSerializer, Half>
{
    public HalfSerializer() : this(BsonType.Double) { }

    public HalfSerializer(BsonType representation) : this(representation, new RepresentationConverter(allowOverflow: false, allowTruncation: false)) { }

    /// <exception cref="ArgumentException">The representation cannot hold numbers.</exception>
    public HalfSerializer(BsonType representation, RepresentationConverter converter)
        : base(representation, converter, representation is BsonType.Int32 or BsonType.Int64 or BsonType.Double or BsonType.Decimal128 or BsonType.String) { }

    public static HalfSerializer Instance { get; } = new();

    public override HalfSerializer WithConverter(RepresentationConverter converter) =>
        Converter.Equals(converter) ? this : new HalfSerializer(Representation, converter);

    public override HalfSerializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new HalfSerializer(representation, Converter);

    private protected override Half FromInt32(int value) => Converter.ToHalf(value);

    private protected override Half FromInt64(long value) => Converter.ToHalf(value);

    private protected override Half FromDouble(double value) => Converter.ToHalf(value);

    private protected override Half FromDecimal128(Decimal128 value) => Converter.ToHalf(value);

    private protected override Half FromText(string value) => JsonConvert.ToHalf(value);

    private protected override int ToInt32(Half value) => Converter.ToInt32(value);

    private protected override long ToInt64(Half value) => Converter.ToInt64(value);

    private protected override double ToDouble(Half value) => Converter.ToDouble(value);

    private protected override Decimal128 ToDecimal128(Half value) => Converter.ToDecimal128(value);

    private protected override string ToText(Half value) => JsonConvert.ToString(value);
}
