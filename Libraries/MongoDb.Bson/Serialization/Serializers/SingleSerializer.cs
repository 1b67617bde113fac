using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="float"/>.</summary>
public sealed class SingleSerializer : NumberSerializerBase<SingleSerializer, float>
{
    public SingleSerializer() : this(BsonType.Double) { }

    public SingleSerializer(BsonType representation) : this(representation, new RepresentationConverter(allowOverflow: false, allowTruncation: false)) { }

    /// <exception cref="ArgumentException">The representation cannot hold numbers.</exception>
    public SingleSerializer(BsonType representation, RepresentationConverter converter)
        : base(representation, converter, representation is BsonType.Int32 or BsonType.Int64 or BsonType.Double or BsonType.Decimal128 or BsonType.String) { }

    public static SingleSerializer Instance { get; } = new();

    public override SingleSerializer WithConverter(RepresentationConverter converter) =>
        Converter.Equals(converter) ? this : new SingleSerializer(Representation, converter);

    public override SingleSerializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new SingleSerializer(representation, Converter);

    private protected override float FromInt32(int value) => Converter.ToSingle(value);

    private protected override float FromInt64(long value) => Converter.ToSingle(value);

    private protected override float FromDouble(double value) => Converter.ToSingle(value);

    private protected override float FromDecimal128(Decimal128 value) => Converter.ToSingle(value);

    private protected override float FromText(string value) => JsonConvert.ToSingle(value);

    private protected override int ToInt32(float value) => Converter.ToInt32(value);

    private protected override long ToInt64(float value) => Converter.ToInt64(value);

    private protected override double ToDouble(float value) => Converter.ToDouble(value);

    private protected override Decimal128 ToDecimal128(float value) => new Decimal128(value);

    private protected override string ToText(float value) => JsonConvert.ToString(value);
}
