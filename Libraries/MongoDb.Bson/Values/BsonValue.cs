namespace MongoDB.Bson;

/// <summary>A value of any BSON type. Values of scalar types never change after their creation.</summary>
public abstract partial class BsonValue : IComparable<BsonValue>, IConvertible, IEquatable<BsonValue>
{
    /// <summary>The type of the value in BSON.</summary>
    public abstract BsonType BsonType { get; }

    /// <summary>Whether a date fits into <see cref="DateTime"/>; false for other types.</summary>
    public virtual bool IsValidDateTime => false;

    /// <exception cref="NotSupportedException">Neither a document nor an array.</exception>
    public virtual BsonValue this[int index]
    {
        get => throw Unsupported("access by position");
        set => throw Unsupported("access by position");
    }

    /// <exception cref="NotSupportedException">Not a document.</exception>
    public virtual BsonValue this[string name]
    {
        get => throw Unsupported("access by name");
        set => throw Unsupported("access by name");
    }

    /// <summary>The value that stands for a .NET value; null becomes <see cref="BsonNull"/>.</summary>
    /// <exception cref="ArgumentException">There is no BSON value for the type.</exception>
    public static BsonValue Create(object value) => value switch
    {
        null => BsonNull.Value,
        BsonValue bsonValue => bsonValue,
        int number => (BsonInt32)number,
        string text => (BsonString)text,
        bool truth => (BsonBoolean)truth,
        DateTime moment => new BsonDateTime(moment),
        long number => (BsonInt64)number,
        double number => (BsonDouble)number,
        _ => BsonTypeMapper.MapToBsonValue(value),
    };

    /// <summary>A shallow copy of a document or array; other values are their own copies.</summary>
    public virtual BsonValue Clone() => this;

    /// <summary>A copy that shares nothing that can change.</summary>
    public virtual BsonValue DeepClone() => this;

    /// <summary>Compares as the server sorts: numbers by value, different types by the order of types.</summary>
    public abstract int CompareTo(BsonValue other);

    /// <summary>Compares the order of the types only.</summary>
    public int CompareTypeTo(BsonValue other) => other is null ? 1 : SortOrder(BsonType).CompareTo(SortOrder(other.BsonType));

    public bool Equals(BsonValue rhs) => Equals((object)rhs);

    public abstract override bool Equals(object obj);

    public abstract override int GetHashCode();

    /// <summary>The truth of a value, as in the aggregation language: false, zero, NaN, null and undefined are false.</summary>
    public virtual bool ToBoolean() => true;

    public virtual decimal ToDecimal() => throw Unsupported(nameof(ToDecimal));

    public virtual Decimal128 ToDecimal128() => throw Unsupported(nameof(ToDecimal128));

    public virtual double ToDouble() => throw Unsupported(nameof(ToDouble));

    public virtual int ToInt32() => throw Unsupported(nameof(ToInt32));

    public virtual long ToInt64() => throw Unsupported(nameof(ToInt64));

    public virtual DateTime ToLocalTime() => throw Unsupported(nameof(ToLocalTime));

    public virtual DateTime? ToNullableLocalTime() => throw Unsupported(nameof(ToNullableLocalTime));

    public virtual DateTime? ToNullableUniversalTime() => throw Unsupported(nameof(ToNullableUniversalTime));

    public virtual DateTime ToUniversalTime() => throw Unsupported(nameof(ToUniversalTime));

    /// <summary>What == does, after null was ruled out on the left.</summary>
    protected virtual bool OperatorEqualsImplementation(BsonValue rhs) => Equals(rhs);

    private NotSupportedException Unsupported(string what) => new($"{GetType().Name} does not support {what}.");

    private static int SortOrder(BsonType type) => type switch
    {
        BsonType.MinKey => 1,
        BsonType.Undefined => 2,
        BsonType.Null => 3,
        BsonType.Decimal128 or BsonType.Double or BsonType.Int32 or BsonType.Int64 => 4,
        BsonType.String or BsonType.Symbol => 5,
        BsonType.Document => 6,
        BsonType.Array => 7,
        BsonType.Binary => 8,
        BsonType.ObjectId => 9,
        BsonType.Boolean => 10,
        BsonType.DateTime or BsonType.Timestamp => 11,
        BsonType.RegularExpression => 12,
        BsonType.JavaScript => 13,
        BsonType.JavaScriptWithScope => 14,
        _ => 15,
    };
}
