using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="Decimal128"/>.</summary>
public sealed class Decimal128Serializer : NumberSerializerBase<Decimal128Serializer, Decimal128>
{
    public Decimal128Serializer() : this(BsonType.Decimal128) { }

    public Decimal128Serializer(BsonType representation) : this(representation, new RepresentationConverter(allowOverflow: false, allowTruncation: false)) { }

    /// <exception cref="ArgumentException">The representation cannot hold numbers.</exception>
    public Decimal128Serializer(BsonType representation, RepresentationConverter converter)
        : base(representation, converter, representation is BsonType.Int32 or BsonType.Int64 or BsonType.Double or BsonType.Decimal128 or BsonType.String) { }

    public static Decimal128Serializer Instance { get; } = new();

    public override Decimal128Serializer WithConverter(RepresentationConverter converter) =>
        Converter.Equals(converter) ? this : new Decimal128Serializer(Representation, converter);

    public override Decimal128Serializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new Decimal128Serializer(representation, Converter);

    private protected override Decimal128 FromInt32(int value) => value;

    private protected override Decimal128 FromInt64(long value) => value;

    private protected override Decimal128 FromDouble(double value) => Converter.ToDecimal128(value);

    private protected override Decimal128 FromDecimal128(Decimal128 value) => value;

    private protected override Decimal128 FromText(string value) => JsonConvert.ToDecimal128(value);

    private protected override int ToInt32(Decimal128 value) => Converter.ToInt32(value);

    private protected override long ToInt64(Decimal128 value) => Converter.ToInt64(value);

    private protected override double ToDouble(Decimal128 value) => Converter.ToDouble(value);

    private protected override Decimal128 ToDecimal128(Decimal128 value) => value;

    private protected override string ToText(Decimal128 value) => JsonConvert.ToString(value);
}
