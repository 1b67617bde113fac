using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="double"/>.</summary>
public sealed class DoubleSerializer : NumberSerializerBase<DoubleSerializer, double>
{
    public DoubleSerializer() : this(BsonType.Double) { }

    public DoubleSerializer(BsonType representation) : this(representation, new RepresentationConverter(allowOverflow: false, allowTruncation: false)) { }

    /// <exception cref="ArgumentException">The representation cannot hold numbers.</exception>
    public DoubleSerializer(BsonType representation, RepresentationConverter converter)
        : base(representation, converter, representation is BsonType.Int32 or BsonType.Int64 or BsonType.Double or BsonType.Decimal128 or BsonType.String) { }

    public static DoubleSerializer Instance { get; } = new();

    public override DoubleSerializer WithConverter(RepresentationConverter converter) =>
        Converter.Equals(converter) ? this : new DoubleSerializer(Representation, converter);

    public override DoubleSerializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new DoubleSerializer(representation, Converter);

    private protected override double FromInt32(int value) => Converter.ToDouble(value);

    private protected override double FromInt64(long value) => Converter.ToDouble(value);

    private protected override double FromDouble(double value) => value;

    private protected override double FromDecimal128(Decimal128 value) => Converter.ToDouble(value);

    private protected override double FromText(string value) => JsonConvert.ToDouble(value);

    private protected override int ToInt32(double value) => Converter.ToInt32(value);

    private protected override long ToInt64(double value) => Converter.ToInt64(value);

    private protected override double ToDouble(double value) => value;

    private protected override Decimal128 ToDecimal128(double value) => Converter.ToDecimal128(value);

    private protected override string ToText(double value) => JsonConvert.ToString(value);
}
