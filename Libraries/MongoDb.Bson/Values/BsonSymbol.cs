namespace MongoDB.Bson;

/// <summary>A symbol; deprecated by the specification.</summary>
public class BsonSymbol : BsonValue, IComparable<BsonSymbol>, IEquatable<BsonSymbol>
{
    private readonly string _value;

    internal BsonSymbol(string name) => _value = name;

    public override BsonType BsonType => BsonType.Symbol;

    public string Name => _value;

    public override string ToString() => _value;

    public static implicit operator BsonSymbol(string name) => name == null ? null : BsonSymbolTable.Lookup(name);

    public static bool operator ==(BsonSymbol lhs, BsonSymbol rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    public static bool operator !=(BsonSymbol lhs, BsonSymbol rhs) => !(lhs == rhs);

    /// <summary>Converts a .NET value that can stand for this type.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static new BsonSymbol Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonSymbol)BsonTypeMapper.MapToBsonValue(value, BsonType.Symbol);
    }

    public int CompareTo(BsonSymbol other) => other is null ? 1 : string.Compare(_value, other._value, StringComparison.InvariantCulture);

    public override int CompareTo(BsonValue other) => other switch
    {
        BsonSymbol same => CompareTo(same),
        BsonString text => string.Compare(_value, text.Value, StringComparison.InvariantCulture),
        _ => CompareTypeTo(other),
    };

    public bool Equals(BsonSymbol rhs) => rhs is not null && GetType() == rhs.GetType() && _value == rhs._value;

    public override bool Equals(object obj) => Equals(obj as BsonSymbol);

    public override int GetHashCode() => HashCode.Combine(BsonType, _value);
}
