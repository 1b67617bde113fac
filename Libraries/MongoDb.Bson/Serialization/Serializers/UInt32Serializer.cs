using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="uint"/>.</summary>
public sealed class UInt32Serializer : NumberSerializerBase<UInt32Serializer, uint>
{
    public UInt32Serializer() : this(BsonType.Int32) { }

    public UInt32Serializer(BsonType representation) : this(representation, new RepresentationConverter(allowOverflow: false, allowTruncation: false)) { }

    /// <exception cref="ArgumentException">The representation cannot hold numbers.</exception>
    public UInt32Serializer(BsonType representation, RepresentationConverter converter)
        : base(representation, converter, representation is BsonType.Int32 or BsonType.Int64 or BsonType.Double or BsonType.Decimal128 or BsonType.String) { }

    public static UInt32Serializer Instance { get; } = new();

    public override UInt32Serializer WithConverter(RepresentationConverter converter) =>
        Converter.Equals(converter) ? this : new UInt32Serializer(Representation, converter);

    public override UInt32Serializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new UInt32Serializer(representation, Converter);

    private protected override uint FromInt32(int value) => Converter.ToUInt32(value);

    private protected override uint FromInt64(long value) => Converter.ToUInt32(value);

    private protected override uint FromDouble(double value) => Converter.ToUInt32(value);

    private protected override uint FromDecimal128(Decimal128 value) => Converter.ToUInt32(value);

    private protected override uint FromText(string value) => JsonConvert.ToUInt32(value);

    private protected override int ToInt32(uint value) => Converter.ToInt32(value);

    private protected override long ToInt64(uint value) => Converter.ToInt64(value);

    private protected override double ToDouble(uint value) => Converter.ToDouble(value);

    private protected override Decimal128 ToDecimal128(uint value) => value;

    private protected override string ToText(uint value) => JsonConvert.ToString(value);
}
