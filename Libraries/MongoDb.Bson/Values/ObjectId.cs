using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MongoDB.Bson;

/// <summary>Twelve bytes: seconds since 1970, a random number of the process, and a counter.</summary>
public readonly struct ObjectId : IComparable<ObjectId>, IEquatable<ObjectId>, IConvertible
{
    private const int Size = 12;
    private static readonly ulong ProcessRandom = (ulong)RandomNumberGenerator.GetInt32(int.MaxValue) << 8 | (uint)RandomNumberGenerator.GetInt32(256);
    private static int _counter = RandomNumberGenerator.GetInt32(1 << 24);

    // The bytes as big-endian numbers, so that they compare in the order of the bytes.
    private readonly uint _first;
    private readonly ulong _rest;

    private ObjectId(uint first, ulong rest)
    {
        _first = first;
        _rest = rest;
    }

    /// <exception cref="ArgumentException">Not twelve bytes.</exception>
    public ObjectId(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"An ObjectId has 12 bytes, not {bytes.Length}.", nameof(bytes));
        }
        this = FromSpan(bytes);
    }

    /// <exception cref="FormatException">Not 24 hexadecimal digits.</exception>
    public ObjectId(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        this = Parse(value);
    }

    public static ObjectId Empty => default;

    /// <summary>Seconds since 1970.</summary>
    public int Timestamp => (int)_first;

    public DateTime CreationTime => DateTime.UnixEpoch.AddSeconds((uint)Timestamp);

    public static bool operator <(ObjectId lhs, ObjectId rhs) => lhs.CompareTo(rhs) < 0;

    public static bool operator <=(ObjectId lhs, ObjectId rhs) => lhs.CompareTo(rhs) <= 0;

    public static bool operator ==(ObjectId lhs, ObjectId rhs) => lhs.Equals(rhs);

    public static bool operator !=(ObjectId lhs, ObjectId rhs) => !lhs.Equals(rhs);

    public static bool operator >=(ObjectId lhs, ObjectId rhs) => lhs.CompareTo(rhs) >= 0;

    public static bool operator >(ObjectId lhs, ObjectId rhs) => lhs.CompareTo(rhs) > 0;

    public static ObjectId GenerateNewId() => GenerateNewId((int)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    public static ObjectId GenerateNewId(DateTime timestamp) => GenerateNewId(unchecked((int)(uint)BsonUtils.ToSecondsSinceEpoch(timestamp)));

    public static ObjectId GenerateNewId(int timestamp)
    {
        var counter = (uint)Interlocked.Increment(ref _counter) & 0xff_ffff;
        return new ObjectId((uint)timestamp, (ProcessRandom << 24) | counter);
    }

    /// <exception cref="FormatException">Not 24 hexadecimal digits.</exception>
    public static ObjectId Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, out var objectId) ? objectId
            : throw new FormatException($"'{(s.Length <= 40 ? s : s[..40] + "…")}' is not an ObjectId: it has 24 hexadecimal digits.");
    }

    public static bool TryParse(string s, out ObjectId objectId)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (s is { Length: 2 * Size } && Convert.FromHexString(s, bytes, out _, out _) == System.Buffers.OperationStatus.Done)
        {
            objectId = FromSpan(bytes);
            return true;
        }
        objectId = default;
        return false;
    }

    public int CompareTo(ObjectId other)
    {
        var order = _first.CompareTo(other._first);
        return order != 0 ? order : _rest.CompareTo(other._rest);
    }

    public bool Equals(ObjectId rhs) => _first == rhs._first && _rest == rhs._rest;

    public override bool Equals(object obj) => obj is ObjectId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_first, _rest);

    public byte[] ToByteArray()
    {
        var bytes = new byte[Size];
        ToByteSpan(bytes);
        return bytes;
    }

    public void ToByteArray(byte[] destination, int offset)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (offset < 0 || offset + Size > destination.Length)
        {
            throw new ArgumentException("Twelve bytes do not fit into the destination at this offset.", nameof(offset));
        }
        ToByteSpan(destination.AsSpan(offset));
    }

    /// <summary>Writes twelve bytes.</summary>
    public void ToByteSpan(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, _first);
        BinaryPrimitives.WriteUInt64BigEndian(destination[4..], _rest);
    }

    /// <summary>Writes 24 lower-case hexadecimal digits.</summary>
    public void ToCharSpan(Span<char> destination)
    {
        Span<byte> bytes = stackalloc byte[Size];
        ToByteSpan(bytes);
        if (!Convert.TryToHexStringLower(bytes, destination, out _))
        {
            throw new ArgumentException("24 digits do not fit into the destination.", nameof(destination));
        }
    }

    public override string ToString() => string.Create(2 * Size, this, static (digits, id) => id.ToCharSpan(digits));

    internal static ObjectId FromSpan(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[4..]));

    TypeCode IConvertible.GetTypeCode() => TypeCode.Object;

    string IConvertible.ToString(IFormatProvider provider) => ToString();

    object IConvertible.ToType(Type conversionType, IFormatProvider provider) =>
        conversionType == typeof(string) ? ToString()
        : conversionType == typeof(ObjectId) || conversionType == typeof(object) ? this
        : conversionType == typeof(BsonObjectId) || conversionType == typeof(BsonValue) ? new BsonObjectId(this)
        : throw NotConvertible(conversionType?.Name);

    byte IConvertible.ToByte(IFormatProvider provider) => throw NotConvertible(nameof(Byte));

    short IConvertible.ToInt16(IFormatProvider provider) => throw NotConvertible(nameof(Int16));

    int IConvertible.ToInt32(IFormatProvider provider) => throw NotConvertible(nameof(Int32));

    long IConvertible.ToInt64(IFormatProvider provider) => throw NotConvertible(nameof(Int64));

    sbyte IConvertible.ToSByte(IFormatProvider provider) => throw NotConvertible(nameof(SByte));

    ushort IConvertible.ToUInt16(IFormatProvider provider) => throw NotConvertible(nameof(UInt16));

    uint IConvertible.ToUInt32(IFormatProvider provider) => throw NotConvertible(nameof(UInt32));

    ulong IConvertible.ToUInt64(IFormatProvider provider) => throw NotConvertible(nameof(UInt64));

    bool IConvertible.ToBoolean(IFormatProvider provider) => throw NotConvertible(nameof(Boolean));

    char IConvertible.ToChar(IFormatProvider provider) => throw NotConvertible(nameof(Char));

    DateTime IConvertible.ToDateTime(IFormatProvider provider) => throw NotConvertible(nameof(DateTime));

    decimal IConvertible.ToDecimal(IFormatProvider provider) => throw NotConvertible(nameof(Decimal));

    double IConvertible.ToDouble(IFormatProvider provider) => throw NotConvertible(nameof(Double));

    float IConvertible.ToSingle(IFormatProvider provider) => throw NotConvertible(nameof(Single));

    private static InvalidCastException NotConvertible(string target) => new($"An ObjectId cannot be converted to {target}.");
}
