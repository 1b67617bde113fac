namespace MongoDB.Bson;

/// <summary>An <see cref="ObjectId"/>.</summary>
public class BsonObjectId : BsonValue, IComparable<BsonObjectId>, IEquatable<BsonObjectId>
{
    private readonly ObjectId _value;

    public BsonObjectId(ObjectId value) => _value = value;

    public static BsonObjectId Empty { get; } = new(ObjectId.Empty);

    public override BsonType BsonType => BsonType.ObjectId;

    public ObjectId Value => _value;

    protected override string IConvertibleToStringImplementation(IFormatProvider provider) => _value.ToString();

    public override string ToString() => _value.ToString();

    public static implicit operator BsonObjectId(ObjectId value) => new(value);

    public static bool operator ==(BsonObjectId lhs, BsonObjectId rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    public static bool operator !=(BsonObjectId lhs, BsonObjectId rhs) => !(lhs == rhs);

    /// <summary>Converts a .NET value that can stand for this type.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static new BsonObjectId Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonObjectId)BsonTypeMapper.MapToBsonValue(value, BsonType.ObjectId);
    }

    public int CompareTo(BsonObjectId other) => other is null ? 1 : _value.CompareTo(other._value);

    public override int CompareTo(BsonValue other) => other switch
    {
        BsonObjectId same => CompareTo(same),
        _ => CompareTypeTo(other),
    };

    public bool Equals(BsonObjectId rhs) => rhs is not null && GetType() == rhs.GetType() && _value == rhs._value;

    public override bool Equals(object obj) => Equals(obj as BsonObjectId);

    public override int GetHashCode() => HashCode.Combine(BsonType, _value);
}
