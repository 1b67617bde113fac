namespace MongoDB.Bson;

/// <summary>null.</summary>
public class BsonNull : BsonValue, IComparable<BsonNull>, IEquatable<BsonNull>
{
    private BsonNull() { }

    public static BsonNull Value { get; } = new();

    public override BsonType BsonType => BsonType.Null;

    public override bool ToBoolean() => false;

    public override DateTime? ToNullableLocalTime() => null;

    public override DateTime? ToNullableUniversalTime() => null;

    public override string ToString() => "BsonNull";

    public static bool operator ==(BsonNull lhs, BsonNull rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    public static bool operator !=(BsonNull lhs, BsonNull rhs) => !(lhs == rhs);

    public int CompareTo(BsonNull other) => other is null ? 1 : 0;

    public override int CompareTo(BsonValue other) => other switch
    {
        BsonNull same => CompareTo(same),
        _ => CompareTypeTo(other),
    };

    public bool Equals(BsonNull rhs) => rhs is not null && GetType() == rhs.GetType() && true;

    public override bool Equals(object obj) => Equals(obj as BsonNull);

    public override int GetHashCode() => BsonType.GetHashCode();
}
