using MongoDB.Bson.IO;

namespace MongoDB.Bson;

/// <summary>A 64-bit integer.</summary>
public class BsonInt64 : BsonValue, IComparable<BsonInt64>, IEquatable<BsonInt64>
{
    private const int SmallestCached = -100;
    private const int LargestCached = 100;
    private static readonly BsonInt64[] Cached =
        [.. Enumerable.Range(SmallestCached, LargestCached - SmallestCached + 1).Select(value => new BsonInt64(value))];

    private readonly long _value;

    public BsonInt64(long value) => _value = value;

    public override BsonType BsonType => BsonType.Int64;

    public long Value => _value;

    private protected override IConvertible ConvertibleValue => Value;

    protected override TypeCode IConvertibleGetTypeCodeImplementation() => ConvertibleValue.GetTypeCode();

    protected override bool OperatorEqualsImplementation(BsonValue rhs) =>
        rhs is not null && rhs.IsNumeric && BsonNumberComparer.AreEqual(this, rhs);

    public override int CompareTo(BsonValue other) =>
        other is not null && other.IsNumeric ? BsonNumberComparer.Compare(this, other) : CompareTypeTo(other);


    public override bool ToBoolean() => _value != 0;

    public override decimal ToDecimal() => _value;

    public override Decimal128 ToDecimal128() => _value;

    public override double ToDouble() => _value;

    public override int ToInt32() => unchecked((int)_value);

    public override long ToInt64() => _value;

    public override string ToString() => JsonConvert.ToString(_value);

    /// <summary>Small numbers share one instance each.</summary>
    public static implicit operator BsonInt64(long value) =>
        value is >= SmallestCached and <= LargestCached ? Cached[(int)(value - SmallestCached)] : new BsonInt64(value);

    public static bool operator ==(BsonInt64 lhs, BsonInt64 rhs) => lhs is null ? rhs is null : lhs.OperatorEqualsImplementation(rhs);

    public static bool operator !=(BsonInt64 lhs, BsonInt64 rhs) => !(lhs == rhs);

    /// <summary>Converts a .NET value that can stand for this type.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static new BsonInt64 Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonInt64)BsonTypeMapper.MapToBsonValue(value, BsonType.Int64);
    }

    public int CompareTo(BsonInt64 other) => other is null ? 1 : _value.CompareTo(other._value);

    public bool Equals(BsonInt64 rhs) => rhs is not null && GetType() == rhs.GetType() && _value == rhs._value;

    public override bool Equals(object obj) => Equals(obj as BsonInt64);

    public override int GetHashCode() => HashCode.Combine(BsonType, _value);
}
