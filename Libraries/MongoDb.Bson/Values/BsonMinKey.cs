namespace MongoDB.Bson;

/// <summary>Sorts before every other value.</summary>
public class BsonMinKey : BsonValue, IComparable<BsonMinKey>, IEquatable<BsonMinKey>
{
    private BsonMinKey() { }

    public static BsonMinKey Value { get; } = new();

    public override BsonType BsonType => BsonType.MinKey;

    public override string ToString() => "BsonMinKey";

    public static bool operator ==(BsonMinKey lhs, BsonMinKey rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    public static bool operator !=(BsonMinKey lhs, BsonMinKey rhs) => !(lhs == rhs);

    public int CompareTo(BsonMinKey other) => other is null ? 1 : 0;

    public override int CompareTo(BsonValue other) => other switch
    {
        BsonMinKey same => CompareTo(same),
        _ => CompareTypeTo(other),
    };

    public bool Equals(BsonMinKey rhs) => rhs is not null && GetType() == rhs.GetType() && true;

    public override bool Equals(object obj) => Equals(obj as BsonMinKey);

    public override int GetHashCode() => BsonType.GetHashCode();
}
