namespace MongoDB.Bson;

/// <summary>Bytes with a subtype.</summary>
public class BsonBinaryData : BsonValue, IComparable<BsonBinaryData>, IEquatable<BsonBinaryData>
{
    private readonly byte[] _bytes;
    private readonly BsonBinarySubType _subType;

    public BsonBinaryData(byte[] bytes) : this(bytes, BsonBinarySubType.Binary) { }

    /// <exception cref="ArgumentException">A GUID that does not have 16 bytes.</exception>
    public BsonBinaryData(byte[] bytes, BsonBinarySubType subType)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (subType is BsonBinarySubType.UuidStandard or BsonBinarySubType.UuidLegacy && bytes.Length != 16)
        {
            throw new ArgumentException($"Binary data of subtype {subType} has 16 bytes, not {bytes.Length}.", nameof(bytes));
        }
        _bytes = bytes;
        _subType = subType;
    }

    public BsonBinaryData(Guid guid, GuidRepresentation guidRepresentation)
        : this(GuidConverter.ToBytes(guid, guidRepresentation), GuidConverter.GetSubType(guidRepresentation)) { }

    public override BsonType BsonType => BsonType.Binary;

    /// <summary>The array itself, not a copy.</summary>
    public byte[] Bytes => _bytes;

    public BsonBinarySubType SubType => _subType;

    /// <summary>The GUID in subtype 4; the legacy subtype does not say its byte order.</summary>
    /// <exception cref="InvalidOperationException">Not subtype 4.</exception>
    public Guid ToGuid() => _subType == BsonBinarySubType.UuidStandard
        ? GuidConverter.FromBytes(_bytes, GuidRepresentation.Standard)
        : throw new InvalidOperationException(_subType == BsonBinarySubType.UuidLegacy
            ? "Binary data of subtype UuidLegacy does not say its byte order; name the GuidRepresentation."
            : $"Binary data of subtype {_subType} is not a GUID.");

    /// <exception cref="InvalidOperationException">The subtype is not that of the representation.</exception>
    public Guid ToGuid(GuidRepresentation guidRepresentation)
    {
        if (guidRepresentation == GuidRepresentation.Unspecified)
        {
            throw new ArgumentException("The representation must not be Unspecified.", nameof(guidRepresentation));
        }
        return _subType == GuidConverter.GetSubType(guidRepresentation)
            ? GuidConverter.FromBytes(_bytes, guidRepresentation)
            : throw new InvalidOperationException($"Binary data of subtype {_subType} is not a GUID in the representation {guidRepresentation}.");
    }

    public override string ToString() => $"{_subType}:0x{BsonUtils.ToHexString(_bytes)}";

    public static implicit operator BsonBinaryData(byte[] bytes) => bytes == null ? null : new BsonBinaryData(bytes);

    // By length first, as the server does.
    private int CompareBytes(BsonBinaryData other)
    {
        var order = _bytes.Length.CompareTo(other._bytes.Length);
        order = order != 0 ? order : ((int)_subType).CompareTo((int)other._subType);
        return order != 0 ? order : _bytes.AsSpan().SequenceCompareTo(other._bytes);
    }

    private int ComputeHash()
    {
        var hash = default(HashCode);
        hash.Add(_subType);
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    public static bool operator ==(BsonBinaryData lhs, BsonBinaryData rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    public static bool operator !=(BsonBinaryData lhs, BsonBinaryData rhs) => !(lhs == rhs);

    /// <summary>Converts a .NET value that can stand for this type.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static new BsonBinaryData Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonBinaryData)BsonTypeMapper.MapToBsonValue(value, BsonType.Binary);
    }

    public int CompareTo(BsonBinaryData other) => other is null ? 1 : CompareBytes(other);

    public override int CompareTo(BsonValue other) => other switch
    {
        BsonBinaryData same => CompareTo(same),
        _ => CompareTypeTo(other),
    };

    public bool Equals(BsonBinaryData rhs) => rhs is not null && GetType() == rhs.GetType() && _subType == rhs._subType && _bytes.AsSpan().SequenceEqual(rhs._bytes);

    public override bool Equals(object obj) => Equals(obj as BsonBinaryData);

    public override int GetHashCode() => ComputeHash();
}
