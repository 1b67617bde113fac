using System.Globalization;
using MongoDB.Bson.IO;


namespace MongoDB.Bson;

/// <summary>A moment: milliseconds since 1970-01-01 UTC. It may lie outside of the range of <see cref="DateTime"/>.</summary>
public class BsonDateTime : BsonValue, IComparable<BsonDateTime>, IEquatable<BsonDateTime>
{
    private readonly long _value;

    /// <summary>A local or unspecified time is converted to UTC; fractions of a millisecond are cut off.</summary>
    public BsonDateTime(DateTime value) => _value = BsonUtils.ToMillisecondsSinceEpoch(value);

    public BsonDateTime(long millisecondsSinceEpoch) => _value = millisecondsSinceEpoch;

    public override BsonType BsonType => BsonType.DateTime;

    public override bool IsValidDateTime =>
        _value >= BsonConstants.DateTimeMinValueMillisecondsSinceEpoch && _value <= BsonConstants.DateTimeMaxValueMillisecondsSinceEpoch;

    public long MillisecondsSinceEpoch => _value;

    private protected override IConvertible ConvertibleValue => ToUniversalTime();

    protected override TypeCode IConvertibleGetTypeCodeImplementation() => TypeCode.DateTime;

    public override DateTime ToLocalTime() => BsonUtils.ToLocalTime(ToUniversalTime());

    public override DateTime? ToNullableLocalTime() => ToLocalTime();

    public override DateTime? ToNullableUniversalTime() => ToUniversalTime();

    public override DateTime ToUniversalTime() => BsonUtils.ToDateTimeFromMillisecondsSinceEpoch(_value);

    public override string ToString() => IsValidDateTime
        ? ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture)
        : JsonConvert.ToString(_value);

    public static implicit operator BsonDateTime(DateTime value) => new(value);

    public static bool operator ==(BsonDateTime lhs, BsonDateTime rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    public static bool operator !=(BsonDateTime lhs, BsonDateTime rhs) => !(lhs == rhs);

    /// <summary>Converts a .NET value that can stand for this type.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static new BsonDateTime Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonDateTime)BsonTypeMapper.MapToBsonValue(value, BsonType.DateTime);
    }

    public int CompareTo(BsonDateTime other) => other is null ? 1 : _value.CompareTo(other._value);

    public override int CompareTo(BsonValue other) => other switch
    {
        BsonDateTime same => CompareTo(same),
        // A date comes before the timestamps of its second, so that the order has no circles.
        BsonTimestamp timestamp => _value > timestamp.Timestamp * 1000L ? 1 : -1,
        _ => CompareTypeTo(other),
    };

    public bool Equals(BsonDateTime rhs) => rhs is not null && GetType() == rhs.GetType() && _value == rhs._value;

    public override bool Equals(object obj) => Equals(obj as BsonDateTime);

    public override int GetHashCode() => HashCode.Combine(BsonType, _value);
}
