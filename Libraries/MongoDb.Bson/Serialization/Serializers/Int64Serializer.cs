using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="long"/>.</summary>
public sealed class Int64Serializer : NumberSerializerBase<Int64Serializer, long>
{
    public Int64Serializer() : this(BsonType.Int64) { }

    public Int64Serializer(BsonType representation) : this(representation, new RepresentationConverter(allowOverflow: false, allowTruncation: false)) { }

    /// <exception cref="ArgumentException">The representation cannot hold numbers.</exception>
    public Int64Serializer(BsonType representation, RepresentationConverter converter)
        : base(representation, converter, representation is BsonType.Int32 or BsonType.Int64 or BsonType.Double or BsonType.Decimal128 or BsonType.String) { }

    public static Int64Serializer Instance { get; } = new();

    public override Int64Serializer WithConverter(RepresentationConverter converter) =>
        Converter.Equals(converter) ? this : new Int64Serializer(Representation, converter);

    public override Int64Serializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new Int64Serializer(representation, Converter);

    private protected override long FromInt32(int value) => Converter.ToInt64(value);

    private protected override long FromInt64(long value) => value;

    private protected override long FromDouble(double value) => Converter.ToInt64(value);

    private protected override long FromDecimal128(Decimal128 value) => Converter.ToInt64(value);

    private protected override long FromText(string value) => JsonConvert.ToInt64(value);

    private protected override int ToInt32(long value) => Converter.ToInt32(value);

    private protected override long ToInt64(long value) => value;

    private protected override double ToDouble(long value) => Converter.ToDouble(value);

    private protected override Decimal128 ToDecimal128(long value) => Converter.ToDecimal128(value);

    private protected override string ToText(long value) => JsonConvert.ToString(value);
}
