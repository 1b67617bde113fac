using MongoDB.Bson.IO;

namespace MongoDB.Bson;

/// <summary>A decimal number of 34 digits (IEEE 754-2008 decimal128).</summary>
public class BsonDecimal128 : BsonValue, IComparable<BsonDecimal128>, IEquatable<BsonDecimal128>
{
    private readonly Decimal128 _value;

    public BsonDecimal128(Decimal128 value) => _value = value;

    public override BsonType BsonType => BsonType.Decimal128;

    public Decimal128 Value => _value;

    private protected override IConvertible ConvertibleValue => Value;

    protected override TypeCode IConvertibleGetTypeCodeImplementation() => ConvertibleValue.GetTypeCode();

    protected override bool OperatorEqualsImplementation(BsonValue rhs) =>
        rhs is not null && rhs.IsNumeric && BsonNumberComparer.AreEqual(this, rhs);

    public override int CompareTo(BsonValue other) =>
        other is not null && other.IsNumeric ? BsonNumberComparer.Compare(this, other) : CompareTypeTo(other);


    public override bool ToBoolean() => !(Decimal128.IsNaN(_value) || Decimal128.IsZero(_value));

    public override decimal ToDecimal() => Decimal128.ToDecimal(_value);

    public override Decimal128 ToDecimal128() => _value;

    public override double ToDouble() => Decimal128.ToDouble(_value);

    public override int ToInt32() => Decimal128.ToInt32(_value);

    public override long ToInt64() => Decimal128.ToInt64(_value);

    public override string ToString() => JsonConvert.ToString(_value);

    public static implicit operator BsonDecimal128(Decimal128 value) => new(value);

    public static bool operator ==(BsonDecimal128 lhs, BsonDecimal128 rhs) => lhs is null ? rhs is null : lhs.OperatorEqualsImplementation(rhs);

    public static bool operator !=(BsonDecimal128 lhs, BsonDecimal128 rhs) => !(lhs == rhs);

    /// <summary>Converts a .NET value that can stand for this type.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static new BsonDecimal128 Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonDecimal128)BsonTypeMapper.MapToBsonValue(value, BsonType.Decimal128);
    }

    public int CompareTo(BsonDecimal128 other) => other is null ? 1 : _value.CompareTo(other._value);

    public bool Equals(BsonDecimal128 rhs) => rhs is not null && GetType() == rhs.GetType() && _value.Equals(rhs._value);

    public override bool Equals(object obj) => Equals(obj as BsonDecimal128);

    public override int GetHashCode() => HashCode.Combine(BsonType, _value);
}
