using System.Buffers.Binary;

namespace ImageLibrary.Imaging.Metadata;

/// <summary>Recognises embedded sRGB profiles, whatever they call themselves. Source: ICC.1:2022, IEC 61966-2-1.</summary>
internal static class ColourProfile
{
    /// <summary>Bytes of a profile that is taken for one; tables of the largest take about 3 MB.</summary>
    internal const int MostBytes = 8 << 20;

    private const double PrimaryTolerance = 0.004;
    private const double CurveTolerance = 0.01;

    /// <summary>Red, green and blue of sRGB (columns) in XYZ (rows), adapted to D50.</summary>
    internal static double[,] Primaries { get; } =
    {
        { 0.43607, 0.38515, 0.14307 },
        { 0.22249, 0.71687, 0.06061 },
        { 0.01392, 0.09708, 0.71410 },
    };

    /// <summary>Whether values under this profile are sRGB values within what 8 bits show.</summary>
    internal static bool IsSrgb(ReadOnlySpan<byte> profile) =>
        ProfileTags.Primaries(profile) is { } primaries && ProfileTags.Curves(profile) is { } curves
        && primaries.Cast<double>().Zip(Primaries.Cast<double>()).All(pair => Math.Abs(pair.First - pair.Second) < PrimaryTolerance)
        && Array.TrueForAll(curves, Agrees);

    /// <summary>The name that a profile gives itself; null without a profile or a readable name.</summary>
    internal static string? Name(ReadOnlySpan<byte> profile)
    {
        const int LongestName = 100;
        var data = ProfileTags.Find(profile, "desc"u8);
        ReadOnlySpan<byte> text = [];
        System.Text.Encoding? encoding = null;
        if (data.Length > 12 && data.StartsWith("desc"u8))
        {
            encoding = System.Text.Encoding.Latin1;
            text = data[12..(int)Math.Min(data.Length, 12L + BinaryPrimitives.ReadUInt32BigEndian(data[8..]))];
        }
        else if (data.Length >= 28 && data.StartsWith("mluc"u8))
        {
            encoding = System.Text.Encoding.BigEndianUnicode;
            var length = BinaryPrimitives.ReadUInt32BigEndian(data[20..]);
            var start = BinaryPrimitives.ReadUInt32BigEndian(data[24..]);
            text = (long)start + length <= data.Length ? data.Slice((int)start, (int)length) : [];
        }

        var name = encoding?.GetString(text).Trim('\0', ' ');
        return string.IsNullOrEmpty(name) || name.Length > LongestName || name.Any(char.IsControl) ? null : name;
    }

    /// <summary>
    /// Half of the signal is 21.4 % of the light in sRGB; a curve that agrees there and in the shadows is sRGB's, unless it is a
    /// power, which is not where it is darker still.
    /// </summary>
    private static bool Agrees(ToneCurve curve) =>
        !curve.IsPower && Math.Abs(curve.Evaluate(0.5) - 0.2140) < CurveTolerance && Math.Abs(curve.Evaluate(0.1) - 0.0100) < CurveTolerance / 2;
}
