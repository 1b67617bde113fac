using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="ushort"/>.</summary>
public sealed class UInt16Serializer : NumberSerializerBase<UInt16Serializer, ushort>
{
    public UInt16Serializer() : this(BsonType.Int32) { }

    public UInt16Serializer(BsonType representation) : this(representation, new RepresentationConverter(allowOverflow: false, allowTruncation: false)) { }

    /// <exception cref="ArgumentException">The representation cannot hold numbers.</exception>
    public UInt16Serializer(BsonType representation, RepresentationConverter converter)
        : base(representation, converter, representation is BsonType.Int32 or BsonType.Int64 or BsonType.Double or BsonType.Decimal128 or BsonType.String) { }

    public static UInt16Serializer Instance { get; } = new();

    public override UInt16Serializer WithConverter(RepresentationConverter converter) =>
        Converter.Equals(converter) ? this : new UInt16Serializer(Representation, converter);

    public override UInt16Serializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new UInt16Serializer(representation, Converter);

    private protected override ushort FromInt32(int value) => Converter.ToUInt16(value);

    private protected override ushort FromInt64(long value) => Converter.ToUInt16(value);

    private protected override ushort FromDouble(double value) => Converter.ToUInt16(value);

    private protected override ushort FromDecimal128(Decimal128 value) => Converter.ToUInt16(value);

    private protected override ushort FromText(string value) => JsonConvert.ToUInt16(value);

    private protected override int ToInt32(ushort value) => Converter.ToInt32(value);

    private protected override long ToInt64(ushort value) => Converter.ToInt64(value);

    private protected override double ToDouble(ushort value) => Converter.ToDouble(value);

    private protected override Decimal128 ToDecimal128(ushort value) => value;

    private protected override string ToText(ushort value) => JsonConvert.ToString(value);
}
