namespace MongoDB.Bson;

/// <summary>Code with the values of its free variables; deprecated by the specification.</summary>
public class BsonJavaScriptWithScope : BsonJavaScript, IComparable<BsonJavaScriptWithScope>, IEquatable<BsonJavaScriptWithScope>
{
    private readonly BsonDocument _scope;

    public BsonJavaScriptWithScope(string code, BsonDocument scope) : base(code)
    {
        ArgumentNullException.ThrowIfNull(scope);
        _scope = scope;
    }

    public override BsonType BsonType => BsonType.JavaScriptWithScope;

    public BsonDocument Scope => _scope;

    public override BsonValue Clone() => new BsonJavaScriptWithScope(Code, (BsonDocument)_scope.Clone());

    public override BsonValue DeepClone() => new BsonJavaScriptWithScope(Code, (BsonDocument)_scope.DeepClone());

    public override string ToString() => $"new BsonJavaScript(\"{Code}\", {_scope.ToJson()})";

    private int CompareCodeAndScope(BsonJavaScriptWithScope other)
    {
        var order = string.CompareOrdinal(Code, other.Code);
        return order != 0 ? order : _scope.CompareTo(other._scope);
    }

    public static bool operator ==(BsonJavaScriptWithScope lhs, BsonJavaScriptWithScope rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    public static bool operator !=(BsonJavaScriptWithScope lhs, BsonJavaScriptWithScope rhs) => !(lhs == rhs);

    /// <summary>Converts a .NET value that can stand for this type.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static new BsonJavaScriptWithScope Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonJavaScriptWithScope)BsonTypeMapper.MapToBsonValue(value, BsonType.JavaScriptWithScope);
    }

    public int CompareTo(BsonJavaScriptWithScope other) => other is null ? 1 : CompareCodeAndScope(other);

    public override int CompareTo(BsonValue other) => other switch
    {
        BsonJavaScriptWithScope same => CompareTo(same),
        _ => CompareTypeTo(other),
    };

    public bool Equals(BsonJavaScriptWithScope rhs) => rhs is not null && GetType() == rhs.GetType() && Code == rhs.Code && _scope.Equals(rhs._scope);

    public override bool Equals(object obj) => Equals(obj as BsonJavaScriptWithScope);

    public override int GetHashCode() => HashCode.Combine(BsonType, Code, _scope);
}
