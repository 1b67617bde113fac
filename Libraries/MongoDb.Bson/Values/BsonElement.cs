namespace MongoDB.Bson;

/// <summary>The name and the value of a member of a document.</summary>
public readonly struct BsonElement : IComparable<BsonElement>, IEquatable<BsonElement>
{
    /// <exception cref="ArgumentException">The name has a NUL character, which BSON cannot hold in names.</exception>
    public BsonElement(string name, BsonValue value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        if (name.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("The name of an element must not have NUL characters.", nameof(name));
        }
        Name = name;
        Value = value;
    }

    public string Name { get; }

    public BsonValue Value { get; }

    public static bool operator ==(BsonElement lhs, BsonElement rhs) => lhs.Equals(rhs);

    public static bool operator !=(BsonElement lhs, BsonElement rhs) => !lhs.Equals(rhs);

    public BsonElement Clone() => new(Name, Value.Clone());

    public BsonElement DeepClone() => new(Name, Value.DeepClone());

    /// <summary>By name, then by value.</summary>
    public int CompareTo(BsonElement other)
    {
        var order = string.CompareOrdinal(Name, other.Name);
        return order != 0 ? order : Value.CompareTo(other.Value);
    }

    public bool Equals(BsonElement rhs) => Name == rhs.Name && Value == rhs.Value;

    public override bool Equals(object obj) => obj is BsonElement other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Name, Value);

    public override string ToString() => $"{Name}={Value}";
}
