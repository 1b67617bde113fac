using MongoDB.Bson.IO;

namespace MongoDB.Bson;

/// <summary>A 64-bit floating-point number. NaN equals NaN here, and sorts before every number.</summary>
public class BsonDouble : BsonValue, IComparable<BsonDouble>, IEquatable<BsonDouble>
{
    private readonly double _value;

    public BsonDouble(double value) => _value = value;

    public override BsonType BsonType => BsonType.Double;

    public double Value => _value;

    private protected override IConvertible ConvertibleValue => Value;

    protected override TypeCode IConvertibleGetTypeCodeImplementation() => ConvertibleValue.GetTypeCode();

    protected override bool OperatorEqualsImplementation(BsonValue rhs) =>
        rhs is not null && rhs.IsNumeric && BsonNumberComparer.AreEqual(this, rhs);

    public override int CompareTo(BsonValue other) =>
        other is not null && other.IsNumeric ? BsonNumberComparer.Compare(this, other) : CompareTypeTo(other);


    public override bool ToBoolean() => !(double.IsNaN(_value) || _value == 0.0);

    public override decimal ToDecimal() => (decimal)_value;

    public override Decimal128 ToDecimal128() => (Decimal128)_value;

    public override double ToDouble() => _value;

    public override int ToInt32() => (int)_value;

    public override long ToInt64() => (long)_value;

    public override string ToString() => JsonConvert.ToString(_value);

    public static implicit operator BsonDouble(double value) => new(value);

    public static bool operator ==(BsonDouble lhs, BsonDouble rhs) => lhs is null ? rhs is null : lhs.OperatorEqualsImplementation(rhs);

    public static bool operator !=(BsonDouble lhs, BsonDouble rhs) => !(lhs == rhs);

    /// <summary>Converts a .NET value that can stand for this type.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static new BsonDouble Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonDouble)BsonTypeMapper.MapToBsonValue(value, BsonType.Double);
    }

    public int CompareTo(BsonDouble other) => other is null ? 1 : _value.CompareTo(other._value);

    public bool Equals(BsonDouble rhs) => rhs is not null && GetType() == rhs.GetType() && _value.Equals(rhs._value);

    public override bool Equals(object obj) => Equals(obj as BsonDouble);

    public override int GetHashCode() => HashCode.Combine(BsonType, _value);
}
