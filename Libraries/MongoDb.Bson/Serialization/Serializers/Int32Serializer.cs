using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="int"/>.</summary>
public sealed class Int32Serializer : NumberSerializerBase<Int32Serializer, int>
{
    public Int32Serializer() : this(BsonType.Int32) { }

    public Int32Serializer(BsonType representation) : this(representation, new RepresentationConverter(allowOverflow: false, allowTruncation: false)) { }

    /// <exception cref="ArgumentException">The representation cannot hold numbers.</exception>
    public Int32Serializer(BsonType representation, RepresentationConverter converter)
        : base(representation, converter, representation is BsonType.Int32 or BsonType.Int64 or BsonType.Double or BsonType.Decimal128 or BsonType.String) { }

    public static Int32Serializer Instance { get; } = new();

    public override Int32Serializer WithConverter(RepresentationConverter converter) =>
        Converter.Equals(converter) ? this : new Int32Serializer(Representation, converter);

    public override Int32Serializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new Int32Serializer(representation, Converter);

    private protected override int FromInt32(int value) => value;

    private protected override int FromInt64(long value) => Converter.ToInt32(value);

    private protected override int FromDouble(double value) => Converter.ToInt32(value);

    private protected override int FromDecimal128(Decimal128 value) => Converter.ToInt32(value);

    private protected override int FromText(string value) => JsonConvert.ToInt32(value);

    private protected override int ToInt32(int value) => value;

    private protected override long ToInt64(int value) => Converter.ToInt64(value);

    private protected override double ToDouble(int value) => Converter.ToDouble(value);

    private protected override Decimal128 ToDecimal128(int value) => Converter.ToDecimal128(value);

    private protected override string ToText(int value) => JsonConvert.ToString(value);
}
