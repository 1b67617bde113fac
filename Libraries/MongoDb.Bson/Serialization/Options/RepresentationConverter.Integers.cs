namespace MongoDB.Bson.Serialization.Options;

/// <content>To whole numbers, and to single precision.</content>
public partial class RepresentationConverter
{
    public int ToInt32(decimal value) => ToInteger(value, value == Math.Truncate(value), () => (int)value, () => unchecked((int)(Int128)Math.Truncate(value)));

    public int ToInt32(Decimal128 value) => ToInteger(value, IsWhole(value), () => Decimal128.ToInt32(value), () => Decimal128.IsNegative(value) ? int.MinValue : int.MaxValue);

    public int ToInt32(double value) => (int)ToInteger((double)value, int.MinValue, int.MaxValue);

    public int ToInt32(float value) => (int)ToInteger((double)value, int.MinValue, int.MaxValue);

    public int ToInt32(Half value) => (int)ToInteger((double)value, int.MinValue, int.MaxValue);

    public int ToInt32(int value) => value;

    public int ToInt32(long value) => AllowOverflow ? unchecked((int)value) : checked((int)value);

    public int ToInt32(short value) => value;

    public int ToInt32(uint value) => AllowOverflow ? unchecked((int)value) : checked((int)value);

    public int ToInt32(ulong value) => AllowOverflow ? unchecked((int)value) : checked((int)value);

    public int ToInt32(ushort value) => value;

    public long ToInt64(decimal value) => ToInteger(value, value == Math.Truncate(value), () => (long)value, () => unchecked((long)(Int128)Math.Truncate(value)));

    public long ToInt64(Decimal128 value) => ToInteger(value, IsWhole(value), () => Decimal128.ToInt64(value), () => Decimal128.IsNegative(value) ? long.MinValue : long.MaxValue);

    public long ToInt64(double value) => (long)ToInteger((double)value, long.MinValue, long.MaxValue);

    public long ToInt64(float value) => (long)ToInteger((double)value, long.MinValue, long.MaxValue);

    public long ToInt64(Half value) => (long)ToInteger((double)value, long.MinValue, long.MaxValue);

    public long ToInt64(int value) => value;

    public long ToInt64(long value) => value;

    public long ToInt64(short value) => value;

    public long ToInt64(uint value) => value;

    public long ToInt64(ulong value) => AllowOverflow ? unchecked((long)value) : checked((long)value);

    public long ToInt64(ushort value) => value;

    public float ToSingle(Decimal128 value)
    {
        if (value == Decimal128.MaxValue || value == Decimal128.MinValue)
        {
            return Decimal128.IsNegative(value) ? float.MinValue : float.MaxValue;
        }
        var converted = Decimal128.ToSingle(value);
        if (float.IsInfinity(converted) && !Decimal128.IsInfinity(value))
        {
            return AllowOverflow ? converted : throw Overflowed(value);
        }
        return AllowTruncation || float.IsNaN(converted) || new Decimal128(converted) == value ? converted : throw Truncated(value);
    }

    public float ToSingle(double value)
    {
        if (value is double.MinValue or double.MaxValue)
        {
            return value > 0 ? float.MaxValue : float.MinValue;
        }
        var converted = (float)value;
        return float.IsInfinity(converted) && double.IsFinite(value)
            ? AllowOverflow ? converted : throw Overflowed(value)
            : AllowTruncation || ((double)converted).Equals(value) ? converted : throw Truncated(value);
    }

    public float ToSingle(int value)
    {
        var converted = (float)value;
        return AllowTruncation || ((Int128)(double)converted == value) ? converted : throw Truncated(value);
    }

    public float ToSingle(long value)
    {
        var converted = (float)value;
        return AllowTruncation || ((Int128)(double)converted == value) ? converted : throw Truncated(value);
    }

    public ushort ToUInt16(Decimal128 value) => ToInteger(value, IsWhole(value), () => Decimal128.ToUInt16(value), () => Decimal128.IsNegative(value) ? ushort.MinValue : ushort.MaxValue);

    public ushort ToUInt16(double value) => (ushort)ToInteger((double)value, ushort.MinValue, ushort.MaxValue);

    public ushort ToUInt16(int value) => AllowOverflow ? unchecked((ushort)value) : checked((ushort)value);

    public ushort ToUInt16(long value) => AllowOverflow ? unchecked((ushort)value) : checked((ushort)value);

    public uint ToUInt32(Decimal128 value) => ToInteger(value, IsWhole(value), () => Decimal128.ToUInt32(value), () => Decimal128.IsNegative(value) ? uint.MinValue : uint.MaxValue);

    public uint ToUInt32(double value) => (uint)ToInteger((double)value, uint.MinValue, uint.MaxValue);

    public uint ToUInt32(int value) => AllowOverflow ? unchecked((uint)value) : checked((uint)value);

    public uint ToUInt32(long value) => AllowOverflow ? unchecked((uint)value) : checked((uint)value);

    public ulong ToUInt64(Decimal128 value) => ToInteger(value, IsWhole(value), () => Decimal128.ToUInt64(value), () => Decimal128.IsNegative(value) ? ulong.MinValue : ulong.MaxValue);

    public ulong ToUInt64(double value) => (ulong)ToInteger((double)value, ulong.MinValue, ulong.MaxValue);

    public ulong ToUInt64(int value) => AllowOverflow ? unchecked((ulong)value) : checked((ulong)value);

    public ulong ToUInt64(long value) => AllowOverflow ? unchecked((ulong)value) : checked((ulong)value);
}
