using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="ulong"/>.</summary>
public sealed class UInt64Serializer : NumberSerializerBase<UInt64Serializer, ulong>
{
    public UInt64Serializer() : this(BsonType.Int64) { }

    public UInt64Serializer(BsonType representation) : this(representation, new RepresentationConverter(allowOverflow: false, allowTruncation: false)) { }

    /// <exception cref="ArgumentException">The representation cannot hold numbers.</exception>
    public UInt64Serializer(BsonType representation, RepresentationConverter converter)
        : base(representation, converter, representation is BsonType.Int32 or BsonType.Int64 or BsonType.Double or BsonType.Decimal128 or BsonType.String) { }

    public static UInt64Serializer Instance { get; } = new();

    public override UInt64Serializer WithConverter(RepresentationConverter converter) =>
        Converter.Equals(converter) ? this : new UInt64Serializer(Representation, converter);

    public override UInt64Serializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new UInt64Serializer(representation, Converter);

    private protected override ulong FromInt32(int value) => Converter.ToUInt64(value);

    private protected override ulong FromInt64(long value) => Converter.ToUInt64(value);

    private protected override ulong FromDouble(double value) => Converter.ToUInt64(value);

    private protected override ulong FromDecimal128(Decimal128 value) => Converter.ToUInt64(value);

    private protected override ulong FromText(string value) => JsonConvert.ToUInt64(value);

    private protected override int ToInt32(ulong value) => Converter.ToInt32(value);

    private protected override long ToInt64(ulong value) => Converter.ToInt64(value);

    private protected override double ToDouble(ulong value) => Converter.ToDouble(value);

    private protected override Decimal128 ToDecimal128(ulong value) => Converter.ToDecimal128(value);

    private protected override string ToText(ulong value) => JsonConvert.ToString(value);
}
