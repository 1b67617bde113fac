using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="short"/>.</summary>
public sealed class Int16Serializer : NumberSerializerBase<Int16Serializer, short>
{
    public Int16Serializer() : this(BsonType.Int32) { }

    public Int16Serializer(BsonType representation) : this(representation, new RepresentationConverter(allowOverflow: false, allowTruncation: false)) { }

    /// <exception cref="ArgumentException">The representation cannot hold numbers.</exception>
    public Int16Serializer(BsonType representation, RepresentationConverter converter)
        : base(representation, converter, representation is BsonType.Int32 or BsonType.Int64 or BsonType.Double or BsonType.Decimal128 or BsonType.String) { }

    public static Int16Serializer Instance { get; } = new();

    public override Int16Serializer WithConverter(RepresentationConverter converter) =>
        Converter.Equals(converter) ? this : new Int16Serializer(Representation, converter);

    public override Int16Serializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new Int16Serializer(representation, Converter);

    private protected override short FromInt32(int value) => Converter.ToInt16(value);

    private protected override short FromInt64(long value) => Converter.ToInt16(value);

    private protected override short FromDouble(double value) => Converter.ToInt16(value);

    private protected override short FromDecimal128(Decimal128 value) => Converter.ToInt16(value);

    private protected override short FromText(string value) => JsonConvert.ToInt16(value);

    private protected override int ToInt32(short value) => Converter.ToInt32(value);

    private protected override long ToInt64(short value) => Converter.ToInt64(value);

    private protected override double ToDouble(short value) => Converter.ToDouble(value);

    private protected override Decimal128 ToDecimal128(short value) => value;

    private protected override string ToText(short value) => JsonConvert.ToString(value);
}
