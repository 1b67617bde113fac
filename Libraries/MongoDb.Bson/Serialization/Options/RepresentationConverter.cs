namespace MongoDB.Bson.Serialization.Options;

/// <summary>
/// Conversions between types of numbers that keep the value, or, if allowed, lose digits or wrap around. The largest and the
/// smallest value of a floating-point or decimal type stand for those of the other type.
/// </summary>
public partial class RepresentationConverter
{
    public RepresentationConverter(bool allowOverflow, bool allowTruncation)
    {
        AllowOverflow = allowOverflow;
        AllowTruncation = allowTruncation;
    }

    public bool AllowOverflow { get; }

    /// <summary>Whether digits may get lost.</summary>
    public bool AllowTruncation { get; }

    public override bool Equals(object obj) =>
        obj is RepresentationConverter other && GetType() == other.GetType() &&
        AllowOverflow == other.AllowOverflow && AllowTruncation == other.AllowTruncation;

    public override int GetHashCode() => HashCode.Combine(AllowOverflow, AllowTruncation);

    public decimal ToDecimal(Decimal128 value)
    {
        if (value == Decimal128.MaxValue || value == Decimal128.MinValue)
        {
            return Decimal128.IsNegative(value) ? decimal.MinValue : decimal.MaxValue;
        }
        if (!Decimal128.IsNaN(value) && AllowOverflow && (value > decimal.MaxValue || value < decimal.MinValue))
        {
            return Decimal128.IsNegative(value) ? decimal.MinValue : decimal.MaxValue;
        }
        var converted = Decimal128.ToDecimal(value);
        return AllowTruncation || (Decimal128)converted == value ? converted : throw Truncated(value);
    }

    public decimal ToDecimal(double value)
    {
        if (value is double.MinValue or double.MaxValue)
        {
            return value > 0 ? decimal.MaxValue : decimal.MinValue;
        }
        if (AllowOverflow && Math.Abs(value) > (double)decimal.MaxValue)
        {
            return value > 0 ? decimal.MaxValue : decimal.MinValue;
        }
        var converted = (decimal)value;
        return AllowTruncation || value == (double)converted ? converted : throw Truncated(value);
    }

    public decimal ToDecimal(int value) => value;

    public decimal ToDecimal(long value) => value;

    public Decimal128 ToDecimal128(decimal value) =>
        value == decimal.MaxValue ? Decimal128.MaxValue : value == decimal.MinValue ? Decimal128.MinValue : value;

    public Decimal128 ToDecimal128(double value)
    {
        if (value == double.MaxValue || value == double.MinValue)
        {
            return value > (double)0 ? Decimal128.MaxValue : Decimal128.MinValue;
        }
        var converted = new Decimal128(value);
        return AllowTruncation || double.IsNaN(value) || Decimal128.ToDouble(converted) == value ? converted : throw Truncated(value);
    }

    public Decimal128 ToDecimal128(Half value)
    {
        if (value == Half.MaxValue || value == Half.MinValue)
        {
            return value > (Half)0 ? Decimal128.MaxValue : Decimal128.MinValue;
        }
        var converted = new Decimal128(value);
        return AllowTruncation || Half.IsNaN(value) || Decimal128.ToHalf(converted) == value ? converted : throw Truncated(value);
    }

    public Decimal128 ToDecimal128(int value) => value;

    public Decimal128 ToDecimal128(long value) => value;

    public Decimal128 ToDecimal128(ulong value) => value;

    public double ToDouble(decimal value)
    {
        if (value is decimal.MinValue or decimal.MaxValue)
        {
            return value > 0 ? double.MaxValue : double.MinValue;
        }
        var converted = (double)value;
        return AllowTruncation || IsSame(value, converted) ? converted : throw Truncated(value);
    }

    public double ToDouble(Decimal128 value)
    {
        if (value == Decimal128.MaxValue || value == Decimal128.MinValue)
        {
            return Decimal128.IsNegative(value) ? double.MinValue : double.MaxValue;
        }
        var converted = Decimal128.ToDouble(value);
        if (double.IsInfinity(converted) && !Decimal128.IsInfinity(value))
        {
            return AllowOverflow ? converted : throw Overflowed(value);
        }
        return AllowTruncation || double.IsNaN(converted) || new Decimal128(converted) == value ? converted : throw Truncated(value);
    }

    public double ToDouble(double value) => value;

    public double ToDouble(float value) => value == float.MaxValue ? double.MaxValue : value == float.MinValue ? double.MinValue : (double)value;

    public double ToDouble(Half value) => value == Half.MaxValue ? double.MaxValue : value == Half.MinValue ? double.MinValue : (double)value;

    public double ToDouble(int value) => value;

    public double ToDouble(long value)
    {
        var converted = (double)value;
        return AllowTruncation || ((Int128)(double)converted == value) ? converted : throw Truncated(value);
    }

    public double ToDouble(short value) => value;

    public double ToDouble(uint value) => value;

    public double ToDouble(ulong value)
    {
        var converted = (double)value;
        return AllowTruncation || ((Int128)(double)converted == value) ? converted : throw Truncated(value);
    }

    public double ToDouble(ushort value) => value;

    public Half ToHalf(Decimal128 value)
    {
        if (value == Decimal128.MaxValue || value == Decimal128.MinValue)
        {
            return Decimal128.IsNegative(value) ? Half.MinValue : Half.MaxValue;
        }
        var converted = Decimal128.ToHalf(value);
        if (Half.IsInfinity(converted) && !Decimal128.IsInfinity(value))
        {
            return AllowOverflow ? converted : throw Overflowed(value);
        }
        return AllowTruncation || Half.IsNaN(converted) || new Decimal128(converted) == value ? converted : throw Truncated(value);
    }

    public Half ToHalf(double value)
    {
        if (value is double.MinValue or double.MaxValue)
        {
            return value > 0 ? Half.MaxValue : Half.MinValue;
        }
        var converted = (Half)value;
        return Half.IsInfinity(converted) && double.IsFinite(value)
            ? AllowOverflow ? converted : throw Overflowed(value)
            : AllowTruncation || ((double)converted).Equals(value) ? converted : throw Truncated(value);
    }

    public Half ToHalf(int value)
    {
        var converted = (Half)value;
        return AllowTruncation || ((Int128)(double)converted == value) ? converted : throw Truncated(value);
    }

    public Half ToHalf(long value)
    {
        var converted = (Half)value;
        return AllowTruncation || ((Int128)(double)converted == value) ? converted : throw Truncated(value);
    }

    public short ToInt16(Decimal128 value) => ToInteger(value, IsWhole(value), () => Decimal128.ToInt16(value), () => Decimal128.IsNegative(value) ? short.MinValue : short.MaxValue);

    public short ToInt16(double value) => (short)ToInteger((double)value, short.MinValue, short.MaxValue);

    public short ToInt16(int value) => AllowOverflow ? unchecked((short)value) : checked((short)value);

    public short ToInt16(long value) => AllowOverflow ? unchecked((short)value) : checked((short)value);

    // Shortest text that reads back: 0.1 as double is the decimal 0.1, though its exact value is another.
    private static bool IsSame(decimal value, double converted) =>
        Math.Abs(converted) <= (double)decimal.MaxValue && new Decimal128(value) == new Decimal128(converted);

    private static bool IsWhole(Decimal128 value) =>
        !Decimal128.IsNaN(value) && !Decimal128.IsInfinity(value) && (Decimal128.GetExponent(value) >= 0 || !HasFraction(value));

    private static bool HasFraction(Decimal128 value)
    {
        var significand = new UInt128(Decimal128.GetSignificandHighBits(value), Decimal128.GetSignificandLowBits(value));
        for (var exponent = (int)Decimal128.GetExponent(value); exponent < 0 && significand != UInt128.Zero; exponent++)
        {
            if (significand % 10 != UInt128.Zero)
            {
                return true;
            }
            significand /= 10;
        }
        return false;
    }

    private static OverflowException Overflowed(object value) => new($"{value} is outside of the range of the type that it is converted to.");

    private static TruncationException Truncated(object value) => new($"{value} cannot be converted without losing digits.");

    private Int128 ToInteger(double value, Int128 min, Int128 max)
    {
        if (double.IsNaN(value) || Math.Truncate(value) < (double)min || Math.Truncate(value) > (double)max || (Int128)value < min || (Int128)value > max)
        {
            return AllowOverflow ? (value > 0 ? max : min) : throw Overflowed(value);
        }
        return AllowTruncation || value == Math.Truncate(value) ? (Int128)value : throw Truncated(value);
    }

    private T ToInteger<T>(object value, bool isWhole, Func<T> convert, Func<T> wrap)
    {
        try
        {
            var converted = convert();
            return AllowTruncation || isWhole ? converted : throw Truncated(value);
        }
        catch (OverflowException) when (AllowOverflow)
        {
            return wrap();
        }
    }
}
