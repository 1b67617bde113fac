using MongoDB.Bson.IO;


namespace MongoDB.Bson;

/// <summary>Text, in UTF-8.</summary>
public class BsonString : BsonValue, IComparable<BsonString>, IEquatable<BsonString>
{
    private readonly string _value;

    public BsonString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    public static BsonString Empty { get; } = new(string.Empty);

    public override BsonType BsonType => BsonType.String;

    public string Value => _value;

    private protected override IConvertible ConvertibleValue => _value;

    protected override TypeCode IConvertibleGetTypeCodeImplementation() => TypeCode.String;

    public override bool ToBoolean() => _value.Length > 0;

    public override decimal ToDecimal() => JsonConvert.ToDecimal(_value);

    public override Decimal128 ToDecimal128() => JsonConvert.ToDecimal128(_value);

    public override double ToDouble() => JsonConvert.ToDouble(_value);

    public override int ToInt32() => JsonConvert.ToInt32(_value);

    public override long ToInt64() => JsonConvert.ToInt64(_value);

    public override string ToString() => _value;

    public static implicit operator BsonString(string value) =>
        value == null ? null : value.Length == 0 ? Empty : new BsonString(value);

    public static bool operator ==(BsonString lhs, BsonString rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    public static bool operator !=(BsonString lhs, BsonString rhs) => !(lhs == rhs);

    /// <summary>Converts a .NET value that can stand for this type.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static new BsonString Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonString)BsonTypeMapper.MapToBsonValue(value, BsonType.String);
    }

    public int CompareTo(BsonString other) => other is null ? 1 : string.Compare(_value, other._value, StringComparison.InvariantCulture);

    public override int CompareTo(BsonValue other) => other switch
    {
        BsonString same => CompareTo(same),
        BsonSymbol symbol => string.Compare(_value, symbol.Name, StringComparison.InvariantCulture),
        _ => CompareTypeTo(other),
    };

    public bool Equals(BsonString rhs) => rhs is not null && GetType() == rhs.GetType() && _value == rhs._value;

    public override bool Equals(object obj) => Equals(obj as BsonString);

    public override int GetHashCode() => HashCode.Combine(BsonType, _value);
}
