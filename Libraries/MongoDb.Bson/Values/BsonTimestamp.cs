using MongoDB.Bson.IO;


namespace MongoDB.Bson;

/// <summary>A timestamp of the server: seconds since 1970 in the high and a counter in the low 32 bits.</summary>
public class BsonTimestamp : BsonValue, IComparable<BsonTimestamp>, IEquatable<BsonTimestamp>
{
    private readonly long _value;

    public BsonTimestamp(long value) => _value = value;

    public BsonTimestamp(int timestamp, int increment) => _value = (long)(((ulong)(uint)timestamp << 32) | (uint)increment);

    public override BsonType BsonType => BsonType.Timestamp;

    public long Value => _value;

    public int Increment => (int)_value;

    public int Timestamp => (int)(_value >> 32);

    public override string ToString() => JsonConvert.ToString(_value);

    public static bool operator ==(BsonTimestamp lhs, BsonTimestamp rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    public static bool operator !=(BsonTimestamp lhs, BsonTimestamp rhs) => !(lhs == rhs);

    /// <summary>Converts a .NET value that can stand for this type.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static new BsonTimestamp Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonTimestamp)BsonTypeMapper.MapToBsonValue(value, BsonType.Timestamp);
    }

    public int CompareTo(BsonTimestamp other) => other is null ? 1 : _value.CompareTo(other._value);

    public override int CompareTo(BsonValue other) => other switch
    {
        BsonTimestamp same => CompareTo(same),
        BsonDateTime moment => -moment.CompareTo(this),
        _ => CompareTypeTo(other),
    };

    public bool Equals(BsonTimestamp rhs) => rhs is not null && GetType() == rhs.GetType() && _value == rhs._value;

    public override bool Equals(object obj) => Equals(obj as BsonTimestamp);

    public override int GetHashCode() => HashCode.Combine(BsonType, _value);
}
