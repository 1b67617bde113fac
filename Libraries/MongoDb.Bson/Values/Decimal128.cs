namespace MongoDB.Bson;

/// <summary>
/// A decimal number of up to 34 digits: IEEE 754-2008 decimal128 in the binary encoding of the significand. It keeps
/// trailing zeros, so 1.0 and 1.00 are equal and print differently.
/// </summary>
public readonly partial struct Decimal128 : IConvertible, IComparable<Decimal128>, IEquatable<Decimal128>
{
    private const int ExponentBias = 6176;
    private const int MinExponent = -6176;
    private const int MaxExponent = 6111;
    private const int MaxDigits = 34;
    private const ulong SignBit = 0x8000_0000_0000_0000;
    private const ulong InfinityBits = 0x7800_0000_0000_0000;
    private const ulong QuietNaNBits = 0x7c00_0000_0000_0000;
    private const ulong SignalingNaNBits = 0x7e00_0000_0000_0000;
    private const ulong SignificandHighMask = 0x0001_ffff_ffff_ffff;
    private static readonly UInt128 MaxSignificand = UInt128.Parse("9999999999999999999999999999999999", null);

    private readonly ulong _high;
    private readonly ulong _low;

    private Decimal128(ulong high, ulong low)
    {
        _high = high;
        _low = low;
    }

    private Decimal128(bool isNegative, int exponent, UInt128 significand)
        : this((isNegative ? SignBit : 0) | ((ulong)(exponent + ExponentBias) << 49) | (ulong)(significand >> 64), (ulong)significand) { }

    public Decimal128(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var significand = new UInt128((uint)parts[2], ((ulong)(uint)parts[1] << 32) | (uint)parts[0]);
        this = new Decimal128(parts[3] < 0, -((parts[3] >> 16) & 0xff), significand);
    }

    /// <summary>The shortest decimal number that reads back as the same double.</summary>
    public Decimal128(double value) => this = Parse(IO.JsonConvert.ToString(value));

    public Decimal128(float value) => this = Parse(IO.JsonConvert.ToString(value));

    public Decimal128(Half value) => this = Parse(IO.JsonConvert.ToString(value));

    public Decimal128(sbyte value) : this((long)value) { }

    public Decimal128(int value) : this((long)value) { }

    public Decimal128(long value) : this(value < 0, 0, value < 0 ? (ulong)-(value + 1) + 1 : (ulong)value) { }

    public Decimal128(byte value) : this(false, 0, value) { }

    public Decimal128(uint value) : this(false, 0, value) { }

    public Decimal128(ulong value) : this(false, 0, value) { }

    public static Decimal128 MaxValue => new(false, MaxExponent, MaxSignificand);

    public static Decimal128 MinValue => new(true, MaxExponent, MaxSignificand);

    public static Decimal128 NegativeInfinity => new(SignBit | InfinityBits, 0);

    public static Decimal128 One => new(1);

    public static Decimal128 PositiveInfinity => new(InfinityBits, 0);

    public static Decimal128 QNaN => new(QuietNaNBits, 0);

    public static Decimal128 SNaN => new(SignalingNaNBits, 0);

    public static Decimal128 Zero => new(0);

    /// <exception cref="ArgumentOutOfRangeException">The exponent or the significand does not fit.</exception>
    public static Decimal128 FromComponents(bool isNegative, short exponent, ulong significandHighBits, ulong significandLowBits)
    {
        var significand = new UInt128(significandHighBits, significandLowBits);
        ArgumentOutOfRangeException.ThrowIfLessThan(exponent, (short)MinExponent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(exponent, (short)MaxExponent);
        if (significand > MaxSignificand)
        {
            throw new ArgumentOutOfRangeException(nameof(significandHighBits), "The significand has more than 34 digits.");
        }
        return new Decimal128(isNegative, exponent, significand);
    }

    /// <summary>Any 128 bits are a number; those that are not canonical count as zero.</summary>
    public static Decimal128 FromIEEEBits(ulong highBits, ulong lowBits) => new(highBits, lowBits);

    /// <exception cref="ArgumentOutOfRangeException">Infinity or NaN.</exception>
    public static short GetExponent(Decimal128 d)
    {
        RequireFinite(d);
        return (short)d.Exponent;
    }

    /// <exception cref="ArgumentOutOfRangeException">Infinity or NaN.</exception>
    public static ulong GetSignificandHighBits(Decimal128 d)
    {
        RequireFinite(d);
        return (ulong)(d.Significand >> 64);
    }

    /// <exception cref="ArgumentOutOfRangeException">Infinity or NaN.</exception>
    public static ulong GetSignificandLowBits(Decimal128 d)
    {
        RequireFinite(d);
        return (ulong)d.Significand;
    }

    public static bool IsInfinity(Decimal128 d) => (d._high & QuietNaNBits) == InfinityBits;

    public static bool IsNaN(Decimal128 d) => (d._high & QuietNaNBits) == QuietNaNBits;

    public static bool IsNegative(Decimal128 d) => (d._high & SignBit) != 0;

    public static bool IsNegativeInfinity(Decimal128 d) => IsInfinity(d) && IsNegative(d);

    public static bool IsPositiveInfinity(Decimal128 d) => IsInfinity(d) && !IsNegative(d);

    public static bool IsQNaN(Decimal128 d) => (d._high & SignalingNaNBits) == QuietNaNBits;

    public static bool IsSNaN(Decimal128 d) => (d._high & SignalingNaNBits) == SignalingNaNBits;

    public static bool IsZero(Decimal128 d) => IsFinite(d) && d.Significand == UInt128.Zero;

    public static Decimal128 Negate(Decimal128 x) => new(x._high ^ SignBit, x._low);

    public ulong GetIEEEHighBits() => _high;

    public ulong GetIEEELowBits() => _low;

    private static bool IsFinite(Decimal128 d) => (d._high & InfinityBits) != InfinityBits;

    // Two bits set after the sign mark the form whose significand would exceed 34 digits.
    private bool IsSecondForm => (_high & 0x6000_0000_0000_0000) == 0x6000_0000_0000_0000;

    private int Exponent => (int)((_high >> (IsSecondForm ? 47 : 49)) & 0x3fff) - ExponentBias;

    private UInt128 Significand
    {
        get
        {
            if (IsSecondForm)
            {
                return UInt128.Zero;
            }
            var significand = new UInt128(_high & SignificandHighMask, _low);
            return significand > MaxSignificand ? UInt128.Zero : significand;
        }
    }

    private static void RequireFinite(Decimal128 d)
    {
        if (!IsFinite(d))
        {
            throw new ArgumentOutOfRangeException(nameof(d), "Infinity and NaN have neither exponent nor significand.");
        }
    }
}
