using System.Globalization;

namespace MongoDB.Bson.IO;

/// <summary>Text of values as JSON has it, whatever the culture of the process is.</summary>
public static class JsonConvert
{
    private static readonly string[] DateFormats = ["yyyy-MM-ddK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    public static bool ToBoolean(string value) => bool.Parse(value);

    /// <summary>A UTC time from ISO 8601.</summary>
    public static DateTime ToDateTime(string value) => DateTime.ParseExact(
        value, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    public static DateTimeOffset ToDateTimeOffset(string value) =>
        DateTimeOffset.ParseExact(value, "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);

    public static decimal ToDecimal(string value) => decimal.Parse(value, CultureInfo.InvariantCulture);

    public static Decimal128 ToDecimal128(string value) => Decimal128.Parse(value);

    public static double ToDouble(string value) => value switch
    {
        "Infinity" or "Inf" => double.PositiveInfinity,
        "-Infinity" or "-Inf" => double.NegativeInfinity,
        _ => double.Parse(value, CultureInfo.InvariantCulture),
    };

    public static Half ToHalf(string value) => Half.Parse(value, CultureInfo.InvariantCulture);

    public static float ToSingle(string value) => float.Parse(value, CultureInfo.InvariantCulture);

    public static short ToInt16(string value) => short.Parse(value, CultureInfo.InvariantCulture);

    public static int ToInt32(string value) => int.Parse(value, CultureInfo.InvariantCulture);

    public static long ToInt64(string value) => long.Parse(value, CultureInfo.InvariantCulture);

    public static ushort ToUInt16(string value) => ushort.Parse(value, CultureInfo.InvariantCulture);

    public static uint ToUInt32(string value) => uint.Parse(value, CultureInfo.InvariantCulture);

    public static ulong ToUInt64(string value) => ulong.Parse(value, CultureInfo.InvariantCulture);

    public static string ToString(bool value) => value ? "true" : "false";

    public static string ToString(DateTime value) => value.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);

    public static string ToString(DateTimeOffset value) => value.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);

    public static string ToString(decimal value) => value.ToString("G", CultureInfo.InvariantCulture);

    public static string ToString(Decimal128 value) => value.ToString();

    /// <summary>The shortest text that reads back as the same number.</summary>
    public static string ToString(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string ToString(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string ToString(Half value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string ToString(short value) => value.ToString(CultureInfo.InvariantCulture);

    public static string ToString(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string ToString(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string ToString(ushort value) => value.ToString(CultureInfo.InvariantCulture);

    public static string ToString(uint value) => value.ToString(CultureInfo.InvariantCulture);

    public static string ToString(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
