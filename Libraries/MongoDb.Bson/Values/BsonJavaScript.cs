namespace MongoDB.Bson;

/// <summary>Code.</summary>
public class BsonJavaScript : BsonValue, IComparable<BsonJavaScript>, IEquatable<BsonJavaScript>
{
    private readonly string _value;

    public BsonJavaScript(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        _value = code;
    }

    public override BsonType BsonType => BsonType.JavaScript;

    public string Code => _value;

    public override string ToString() => $"new BsonJavaScript(\"{_value}\")";

    public static implicit operator BsonJavaScript(string code) => code == null ? null : new BsonJavaScript(code);

    public static bool operator ==(BsonJavaScript lhs, BsonJavaScript rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    public static bool operator !=(BsonJavaScript lhs, BsonJavaScript rhs) => !(lhs == rhs);

    /// <summary>Converts a .NET value that can stand for this type.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static new BsonJavaScript Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonJavaScript)BsonTypeMapper.MapToBsonValue(value, BsonType.JavaScript);
    }

    public int CompareTo(BsonJavaScript other) => other is null ? 1 : string.CompareOrdinal(_value, other._value);

    // Code with a scope is another type, though it derives from this one.
    public override int CompareTo(BsonValue other) => other switch
    {
        BsonJavaScript { BsonType: BsonType.JavaScript } same => CompareTo(same),
        _ => CompareTypeTo(other),
    };

    public bool Equals(BsonJavaScript rhs) => rhs is not null && GetType() == rhs.GetType() && _value == rhs._value;

    public override bool Equals(object obj) => Equals(obj as BsonJavaScript);

    public override int GetHashCode() => HashCode.Combine(BsonType, _value);
}
