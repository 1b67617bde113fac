namespace MongoDB.Bson;

/// <summary>true or false.</summary>
public class BsonBoolean : BsonValue, IComparable<BsonBoolean>, IEquatable<BsonBoolean>
{
    private readonly bool _value;

    public BsonBoolean(bool value) => _value = value;

    public static BsonBoolean False { get; } = new(false);

    public static BsonBoolean True { get; } = new(true);

    public override BsonType BsonType => BsonType.Boolean;

    public bool Value => _value;

    private protected override IConvertible ConvertibleValue => _value;

    protected override TypeCode IConvertibleGetTypeCodeImplementation() => TypeCode.Boolean;

    public override bool ToBoolean() => _value;

    public override string ToString() => _value ? "true" : "false";

    public static implicit operator BsonBoolean(bool value) => value ? True : False;

    public static bool operator ==(BsonBoolean lhs, BsonBoolean rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    public static bool operator !=(BsonBoolean lhs, BsonBoolean rhs) => !(lhs == rhs);

    /// <summary>Converts a .NET value that can stand for this type.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static new BsonBoolean Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonBoolean)BsonTypeMapper.MapToBsonValue(value, BsonType.Boolean);
    }

    public int CompareTo(BsonBoolean other) => other is null ? 1 : _value.CompareTo(other._value);

    public override int CompareTo(BsonValue other) => other switch
    {
        BsonBoolean same => CompareTo(same),
        _ => CompareTypeTo(other),
    };

    public bool Equals(BsonBoolean rhs) => rhs is not null && GetType() == rhs.GetType() && _value == rhs._value;

    public override bool Equals(object obj) => Equals(obj as BsonBoolean);

    public override int GetHashCode() => HashCode.Combine(BsonType, _value);
}
