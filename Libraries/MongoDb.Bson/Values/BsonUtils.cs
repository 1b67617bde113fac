using System.Globalization;

namespace MongoDB.Bson;

/// <summary>Conversions between the forms in which dates, bytes and type names appear.</summary>
public static class BsonUtils
{
    /// <summary>The name of a type as it is written in C#, such as <c>List&lt;Int32&gt;</c>.</summary>
    public static string GetFriendlyTypeName(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!type.IsGenericType)
        {
            return type.Name;
        }
        var name = type.Name;
        var tick = name.IndexOf('`', StringComparison.Ordinal);
        var arguments = string.Join(", ", type.GetGenericArguments().Select(GetFriendlyTypeName));
        return $"{(tick < 0 ? name : name[..tick])}<{arguments}>";
    }

    public static byte[] ParseHexString(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParseHexString(s, out var bytes) ? bytes : throw new FormatException("The text has characters that are not hexadecimal digits.");
    }

    /// <summary>An odd number of digits is read as if a zero preceded them.</summary>
    public static bool TryParseHexString(string s, out byte[] bytes)
    {
        bytes = null;
        if (s == null)
        {
            return false;
        }
        var digits = s.Length % 2 == 0 ? s : "0" + s;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                return false;
            }
        }
        bytes = Convert.FromHexString(digits);
        return true;
    }

    public static string ToHexString(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    public static char ToHexChar(int value) => (char)(value + (value < 10 ? '0' : 'a' - 10));

    /// <exception cref="ArgumentOutOfRangeException">The moment is outside of <see cref="DateTime"/>'s range.</exception>
    public static DateTime ToDateTimeFromMillisecondsSinceEpoch(long millisecondsSinceEpoch)
    {
        if (millisecondsSinceEpoch < BsonConstants.DateTimeMinValueMillisecondsSinceEpoch ||
            millisecondsSinceEpoch > BsonConstants.DateTimeMaxValueMillisecondsSinceEpoch)
        {
            throw new ArgumentOutOfRangeException(nameof(millisecondsSinceEpoch), string.Create(
                CultureInfo.InvariantCulture, $"{millisecondsSinceEpoch} ms since 1970 is outside of the range of DateTime."));
        }
        // The largest value stands for DateTime.MaxValue, whose fraction of a millisecond BSON cannot hold.
        return millisecondsSinceEpoch == BsonConstants.DateTimeMaxValueMillisecondsSinceEpoch
            ? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc)
            : DateTime.UnixEpoch.AddTicks(millisecondsSinceEpoch * TimeSpan.TicksPerMillisecond);
    }

    public static long ToMillisecondsSinceEpoch(DateTime dateTime) =>
        (ToUniversalTime(dateTime).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    public static long ToSecondsSinceEpoch(DateTime dateTime) =>
        (ToUniversalTime(dateTime).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;

    /// <summary>Like <see cref="DateTime.ToLocalTime"/>, except that the ends of the range stay what they are.</summary>
    public static DateTime ToLocalTime(DateTime dateTime) =>
        dateTime == DateTime.MinValue ? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Local)
        : dateTime == DateTime.MaxValue ? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Local)
        : dateTime.ToLocalTime();

    /// <summary>Like <see cref="DateTime.ToUniversalTime"/>, except that the ends of the range stay what they are.</summary>
    public static DateTime ToUniversalTime(DateTime dateTime) =>
        dateTime == DateTime.MinValue ? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc)
        : dateTime == DateTime.MaxValue ? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc)
        : dateTime.ToUniversalTime();
}
