using System.Globalization;
using System.Text.RegularExpressions;

namespace MongoDB.Bson;

/// <content>
/// Text in both directions, by the rules of the BSON decimal128 specification: a number is never rounded; digits that do
/// not fit are an error, except zeros.
/// </content>
public readonly partial struct Decimal128
{
    [GeneratedRegex("^([+-])?([0-9]*)(\\.([0-9]*))?([eE]([+-]?[0-9]+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern { get; }

    /// <exception cref="FormatException">Not a number, or one that does not fit.</exception>
    public static Decimal128 Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, out var result) ? result
            : throw new FormatException($"'{Shorten(s)}' is not a Decimal128: it is no number, or has more digits or a larger exponent than it can hold.");
    }

    public static bool TryParse(string s, out Decimal128 result)
    {
        result = default;
        if (s == null)
        {
            return false;
        }
        var match = NumberPattern.Match(s);
        if (!match.Success)
        {
            return TryParseName(s, out result);
        }
        var whole = match.Groups[2].ValueSpan;
        var fraction = match.Groups[4].ValueSpan;
        if (whole.Length + fraction.Length == 0)
        {
            return false;
        }
        var digits = string.Concat(whole, fraction).AsSpan().TrimStart('0');
        var isNegative = match.Groups[1].ValueSpan is "-";
        var exponentText = match.Groups[6].ValueSpan;
        long exponent = 0;
        // An exponent of more than nine digits is out of range whatever the digits are, unless they are all zeros.
        if (!exponentText.IsEmpty && !TryParseExponent(exponentText, out exponent))
        {
            exponent = exponentText[0] == '-' ? -int.MaxValue : int.MaxValue;
        }
        return TryAssemble(isNegative, digits, exponent - fraction.Length, out result);
    }

    public override string ToString()
    {
        if (IsNaN(this))
        {
            return "NaN";
        }
        var sign = IsNegative(this) ? "-" : "";
        if (IsInfinity(this))
        {
            return sign + "Infinity";
        }
        var digits = Significand.ToString(CultureInfo.InvariantCulture);
        var exponent = Exponent;
        var adjusted = exponent + digits.Length - 1;
        if (exponent > 0 || adjusted < -6)
        {
            var fraction = digits.Length > 1 ? $".{digits[1..]}" : "";
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}E{(adjusted < 0 ? "-" : "+")}{Math.Abs(adjusted)}");
        }
        if (exponent == 0)
        {
            return sign + digits;
        }
        var whole = digits.Length + exponent;
        return whole > 0
            ? $"{sign}{digits[..whole]}.{digits[whole..]}"
            : $"{sign}0.{new string('0', -whole)}{digits}";
    }

    private static bool TryParseExponent(ReadOnlySpan<char> text, out long exponent) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) && Math.Abs(exponent) < int.MaxValue;

    private static bool TryAssemble(bool isNegative, ReadOnlySpan<char> digits, long exponent, out Decimal128 result)
    {
        result = default;
        if (digits.IsEmpty)
        {
            result = new Decimal128(isNegative, (int)Math.Clamp(exponent, MinExponent, MaxExponent), UInt128.Zero);
            return true;
        }
        while (digits.Length > MaxDigits || exponent < MinExponent)
        {
            if (digits.Length == 0 || digits[^1] != '0')
            {
                return false;
            }
            digits = digits[..^1];
            exponent++;
        }
        if (exponent - MaxExponent > MaxDigits - digits.Length)
        {
            return false;
        }
        var significand = UInt128.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        for (; exponent > MaxExponent; exponent--)
        {
            significand *= 10;
        }
        result = new Decimal128(isNegative, (int)exponent, significand);
        return true;
    }

    private static bool TryParseName(string s, out Decimal128 result)
    {
        var isNegative = s.StartsWith('-');
        var name = isNegative || s.StartsWith('+') ? s[1..] : s;
        if (name.Equals("Inf", StringComparison.OrdinalIgnoreCase) || name.Equals("Infinity", StringComparison.OrdinalIgnoreCase))
        {
            result = isNegative ? NegativeInfinity : PositiveInfinity;
            return true;
        }
        result = QNaN;
        return name.Equals("NaN", StringComparison.OrdinalIgnoreCase);
    }

    private static string Shorten(string s) => s.Length <= 60 ? s : s[..60] + "…";
}
