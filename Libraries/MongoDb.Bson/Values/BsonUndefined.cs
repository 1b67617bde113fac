namespace MongoDB.Bson;

/// <summary>The absence of a value; deprecated by the specification.</summary>
public class BsonUndefined : BsonValue, IComparable<BsonUndefined>, IEquatable<BsonUndefined>
{
    private BsonUndefined() { }

    public static BsonUndefined Value { get; } = new();

    public override BsonType BsonType => BsonType.Undefined;

    public override bool ToBoolean() => false;

    public override string ToString() => "BsonUndefined";

    public static bool operator ==(BsonUndefined lhs, BsonUndefined rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    public static bool operator !=(BsonUndefined lhs, BsonUndefined rhs) => !(lhs == rhs);

    public int CompareTo(BsonUndefined other) => other is null ? 1 : 0;

    public override int CompareTo(BsonValue other) => other switch
    {
        BsonUndefined same => CompareTo(same),
        _ => CompareTypeTo(other),
    };

    public bool Equals(BsonUndefined rhs) => rhs is not null && GetType() == rhs.GetType() && true;

    public override bool Equals(object obj) => Equals(obj as BsonUndefined);

    public override int GetHashCode() => BsonType.GetHashCode();
}
