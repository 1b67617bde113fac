namespace MongoDB.Bson;

/// <summary>Sorts after every other value.</summary>
public class BsonMaxKey : BsonValue, IComparable<BsonMaxKey>, IEquatable<BsonMaxKey>
{
    private BsonMaxKey() { }

    public static BsonMaxKey Value { get; } = new();

    public override BsonType BsonType => BsonType.MaxKey;

    public override string ToString() => "BsonMaxKey";

    public static bool operator ==(BsonMaxKey lhs, BsonMaxKey rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    public static bool operator !=(BsonMaxKey lhs, BsonMaxKey rhs) => !(lhs == rhs);

    public int CompareTo(BsonMaxKey other) => other is null ? 1 : 0;

    public override int CompareTo(BsonValue other) => other switch
    {
        BsonMaxKey same => CompareTo(same),
        _ => CompareTypeTo(other),
    };

    public bool Equals(BsonMaxKey rhs) => rhs is not null && GetType() == rhs.GetType() && true;

    public override bool Equals(object obj) => Equals(obj as BsonMaxKey);

    public override int GetHashCode() => BsonType.GetHashCode();
}
