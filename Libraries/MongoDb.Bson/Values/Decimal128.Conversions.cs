using System.Globalization;

namespace MongoDB.Bson;

/// <content>
/// Comparison and conversions. Whole numbers cut the fraction off; what does not fit is an <see cref="OverflowException"/>.
/// </content>
public readonly partial struct Decimal128
{
    public static bool operator ==(Decimal128 lhs, Decimal128 rhs) => !IsNaN(lhs) && !IsNaN(rhs) && lhs.Equals(rhs);

    public static bool operator !=(Decimal128 lhs, Decimal128 rhs) => !(lhs == rhs);

    public static bool operator >(Decimal128 x, Decimal128 y) => Ordered(x, y) && Compare(x, y) > 0;

    public static bool operator >=(Decimal128 x, Decimal128 y) => Ordered(x, y) && Compare(x, y) >= 0;

    public static bool operator <(Decimal128 x, Decimal128 y) => Ordered(x, y) && Compare(x, y) < 0;

    public static bool operator <=(Decimal128 x, Decimal128 y) => Ordered(x, y) && Compare(x, y) <= 0;

    public static implicit operator Decimal128(byte value) => new(value);

    public static implicit operator Decimal128(decimal value) => new(value);

    public static implicit operator Decimal128(int value) => new(value);

    public static implicit operator Decimal128(long value) => new(value);

    public static implicit operator Decimal128(sbyte value) => new(value);

    public static implicit operator Decimal128(short value) => new(value);

    public static implicit operator Decimal128(uint value) => new(value);

    public static implicit operator Decimal128(ushort value) => new(value);

    public static implicit operator Decimal128(ulong value) => new(value);

    public static explicit operator Decimal128(double value) => new(value);

    public static explicit operator Decimal128(float value) => new(value);

    public static explicit operator Decimal128(Half value) => new(value);

    public static explicit operator byte(Decimal128 value) => ToByte(value);

    public static explicit operator short(Decimal128 value) => ToInt16(value);

    public static explicit operator int(Decimal128 value) => ToInt32(value);

    public static explicit operator long(Decimal128 value) => ToInt64(value);

    public static explicit operator sbyte(Decimal128 value) => ToSByte(value);

    public static explicit operator ushort(Decimal128 value) => ToUInt16(value);

    public static explicit operator uint(Decimal128 value) => ToUInt32(value);

    public static explicit operator ulong(Decimal128 value) => ToUInt64(value);

    public static explicit operator decimal(Decimal128 value) => ToDecimal(value);

    public static explicit operator double(Decimal128 value) => ToDouble(value);

    public static explicit operator float(Decimal128 value) => ToSingle(value);

    public static explicit operator Half(Decimal128 value) => ToHalf(value);

    public static explicit operator char(Decimal128 value) => (char)ToUInt16(value);

    /// <summary>By value; NaN comes before everything else and equals itself.</summary>
    public static int Compare(Decimal128 x, Decimal128 y)
    {
        var order = Rank(x).CompareTo(Rank(y));
        return order != 0 || !IsFinite(x) || IsZero(x) ? order
            : IsNegative(x) ? CompareMagnitudes(y, x) : CompareMagnitudes(x, y);
    }

    public static bool Equals(Decimal128 x, Decimal128 y) => Compare(x, y) == 0;

    public static byte ToByte(Decimal128 d) => (byte)Truncate(d, byte.MinValue, byte.MaxValue, nameof(Byte));

    public static short ToInt16(Decimal128 d) => (short)Truncate(d, short.MinValue, short.MaxValue, nameof(Int16));

    public static int ToInt32(Decimal128 d) => (int)Truncate(d, int.MinValue, int.MaxValue, nameof(Int32));

    public static long ToInt64(Decimal128 d) => (long)Truncate(d, long.MinValue, long.MaxValue, nameof(Int64));

    public static sbyte ToSByte(Decimal128 d) => (sbyte)Truncate(d, sbyte.MinValue, sbyte.MaxValue, nameof(SByte));

    public static ushort ToUInt16(Decimal128 d) => (ushort)Truncate(d, ushort.MinValue, ushort.MaxValue, nameof(UInt16));

    public static uint ToUInt32(Decimal128 d) => (uint)Truncate(d, uint.MinValue, uint.MaxValue, nameof(UInt32));

    public static ulong ToUInt64(Decimal128 d) => (ulong)Truncate(d, ulong.MinValue, ulong.MaxValue, nameof(UInt64));

    /// <summary>Digits beyond those of <see cref="decimal"/> are cut off.</summary>
    public static decimal ToDecimal(Decimal128 d)
    {
        if (!IsFinite(d))
        {
            throw Overflow(d, nameof(Decimal));
        }
        var significand = d.Significand;
        var exponent = d.Exponent;
        while (significand != UInt128.Zero && (significand >> 96 != UInt128.Zero || exponent < -28))
        {
            significand /= 10;
            exponent++;
        }
        exponent = significand != UInt128.Zero ? exponent : d.Exponent < -28 ? 0 : Math.Min(exponent, 0);
        for (; exponent > 0; exponent--)
        {
            significand *= 10;
            if (significand >> 96 != UInt128.Zero)
            {
                throw Overflow(d, nameof(Decimal));
            }
        }
        if (significand >> 96 != UInt128.Zero)
        {
            throw Overflow(d, nameof(Decimal));
        }
        return new decimal((int)(uint)significand, (int)(uint)(significand >> 32), (int)(uint)(significand >> 64), IsNegative(d), (byte)-exponent);
    }

    /// <summary>The nearest double.</summary>
    public static double ToDouble(Decimal128 d) =>
        IsNaN(d) ? double.NaN
        : IsInfinity(d) ? (IsNegative(d) ? double.NegativeInfinity : double.PositiveInfinity)
        : double.Parse(d.ToString(), CultureInfo.InvariantCulture);

    public static float ToSingle(Decimal128 d) =>
        IsNaN(d) ? float.NaN
        : IsInfinity(d) ? (IsNegative(d) ? float.NegativeInfinity : float.PositiveInfinity)
        : float.Parse(d.ToString(), CultureInfo.InvariantCulture);

    public static Half ToHalf(Decimal128 d) =>
        IsNaN(d) ? Half.NaN
        : IsInfinity(d) ? (IsNegative(d) ? Half.NegativeInfinity : Half.PositiveInfinity)
        : Half.Parse(d.ToString(), CultureInfo.InvariantCulture);

    public int CompareTo(Decimal128 other) => Compare(this, other);

    public bool Equals(Decimal128 other) => Equals(this, other);

    public override bool Equals(object obj) => obj is Decimal128 other && Equals(this, other);

    public override int GetHashCode()
    {
        if (!IsFinite(this) || IsZero(this))
        {
            return Rank(this);
        }
        var (significand, exponent) = (Significand, Exponent);
        while (significand % 10 == UInt128.Zero)
        {
            significand /= 10;
            exponent++;
        }
        return HashCode.Combine(IsNegative(this), significand, exponent);
    }

    private static bool Ordered(Decimal128 x, Decimal128 y) => !IsNaN(x) && !IsNaN(y);

    private static int Rank(Decimal128 d) =>
        IsNaN(d) ? 0
        : IsInfinity(d) ? (IsNegative(d) ? 1 : 5)
        : IsZero(d) ? 3
        : IsNegative(d) ? 2 : 4;

    private static int CompareMagnitudes(Decimal128 x, Decimal128 y)
    {
        var (left, right) = (x.Significand, y.Significand);
        var difference = x.Exponent - y.Exponent;
        // Bring both to one exponent by multiplying the one with the larger exponent, unless it would outgrow the other.
        for (; difference > 0; difference--)
        {
            if (left > MaxSignificand)
            {
                return 1;
            }
            left *= 10;
        }
        for (; difference < 0; difference++)
        {
            if (right > MaxSignificand)
            {
                return -1;
            }
            right *= 10;
        }
        return left.CompareTo(right);
    }

    private static Int128 Truncate(Decimal128 d, Int128 min, Int128 max, string target)
    {
        if (!IsFinite(d))
        {
            throw Overflow(d, target);
        }
        var significand = d.Significand;
        for (var exponent = d.Exponent; exponent != 0 && significand != UInt128.Zero; exponent -= Math.Sign(exponent))
        {
            significand = exponent < 0 ? significand / 10 : significand * 10;
            if (exponent > 0 && significand > ulong.MaxValue)
            {
                throw Overflow(d, target);
            }
        }
        var value = significand > (UInt128)Int128.MaxValue ? throw Overflow(d, target) : (Int128)significand;
        value = IsNegative(d) ? -value : value;
        return value < min || value > max ? throw Overflow(d, target) : value;
    }

    private static OverflowException Overflow(Decimal128 d, string target) => new($"{d} cannot be converted to {target}.");

    TypeCode IConvertible.GetTypeCode() => TypeCode.Object;

    bool IConvertible.ToBoolean(IFormatProvider provider) => !(IsNaN(this) || IsZero(this));

    char IConvertible.ToChar(IFormatProvider provider) => throw new InvalidCastException("A Decimal128 is not a character.");

    DateTime IConvertible.ToDateTime(IFormatProvider provider) => throw new InvalidCastException("A Decimal128 is not a date.");

    string IConvertible.ToString(IFormatProvider provider) => ToString();

    byte IConvertible.ToByte(IFormatProvider provider) => ToByte(this);

    short IConvertible.ToInt16(IFormatProvider provider) => ToInt16(this);

    int IConvertible.ToInt32(IFormatProvider provider) => ToInt32(this);

    long IConvertible.ToInt64(IFormatProvider provider) => ToInt64(this);

    sbyte IConvertible.ToSByte(IFormatProvider provider) => ToSByte(this);

    ushort IConvertible.ToUInt16(IFormatProvider provider) => ToUInt16(this);

    uint IConvertible.ToUInt32(IFormatProvider provider) => ToUInt32(this);

    ulong IConvertible.ToUInt64(IFormatProvider provider) => ToUInt64(this);

    decimal IConvertible.ToDecimal(IFormatProvider provider) => ToDecimal(this);

    double IConvertible.ToDouble(IFormatProvider provider) => ToDouble(this);

    float IConvertible.ToSingle(IFormatProvider provider) => ToSingle(this);

    object IConvertible.ToType(Type conversionType, IFormatProvider provider) =>
        conversionType == typeof(Decimal128) || conversionType == typeof(object) ? this
        : conversionType == typeof(string) ? ToString()
        : conversionType == typeof(Half) ? ToHalf(this)
        : Type.GetTypeCode(conversionType) is >= TypeCode.SByte and <= TypeCode.Decimal ? Convert.ChangeType(ToDecimal(this), conversionType, provider)
        : throw new InvalidCastException($"A Decimal128 cannot be converted to {conversionType?.Name}.");
}
