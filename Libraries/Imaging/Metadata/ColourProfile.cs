using System.Buffers.Binary;

namespace ImageLibrary.Imaging.Metadata;

/// <summary>Recognises embedded sRGB profiles, whatever they call themselves. Source: ICC.1:2022, IEC 61966-2-1.</summary>
internal static class ColourProfile
{
    /// <summary>Bytes of a profile that is taken for one; tables of the largest take about 3 MB.</summary>
    internal const int MostBytes = 8 << 20;

    private const double PrimaryTolerance = 0.004;
    private const double CurveTolerance = 0.01;

    /// <summary>Red, green and blue of sRGB, adapted to D50.</summary>
    private static readonly (uint Tag, double X, double Y, double Z)[] Primaries =
    [
        (Tag("rXYZ"u8), 0.4360, 0.2225, 0.0139),
        (Tag("gXYZ"u8), 0.3851, 0.7169, 0.0971),
        (Tag("bXYZ"u8), 0.1431, 0.0606, 0.7141),
    ];

    /// <summary>Whether values under this profile are sRGB values within what 8 bits show.</summary>
    internal static bool IsSrgb(ReadOnlySpan<byte> profile)
    {
        foreach (var (tag, x, y, z) in Primaries)
        {
            var data = Find(profile, tag);
            if (data.Length < 20 || !Near(data, 8, x) || !Near(data, 12, y) || !Near(data, 16, z))
            {
                return false;
            }
        }

        // Half of the signal is 21.4 % of the light in sRGB; a curve that agrees there and in the shadows is sRGB's.
        return Agrees(Tag("rTRC"u8), profile) && Agrees(Tag("gTRC"u8), profile) && Agrees(Tag("bTRC"u8), profile);
    }

    /// <summary>The name that a profile gives itself; null without a profile or a readable name.</summary>
    internal static string? Name(ReadOnlySpan<byte> profile)
    {
        const int LongestName = 100;
        var data = Find(profile, Tag("desc"u8));
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

    private static bool Agrees(uint tag, ReadOnlySpan<byte> profile)
    {
        var curve = Find(profile, tag);
        return Evaluate(curve, 0.5) is { } middle && Math.Abs(middle - 0.2140) < CurveTolerance
            && Evaluate(curve, 0.1) is { } dark && Math.Abs(dark - 0.0100) < CurveTolerance / 2;
    }

    private static double? Evaluate(ReadOnlySpan<byte> curve, double value)
    {
        if (curve.Length >= 12 && curve.StartsWith("curv"u8))
        {
            var count = BinaryPrimitives.ReadUInt32BigEndian(curve[8..]);
            if (count > 1 && 12 + 2L * count <= curve.Length)
            {
                var index = (int)Math.Round(value * (count - 1));
                return BinaryPrimitives.ReadUInt16BigEndian(curve[(12 + 2 * index)..]) / 65535.0;
            }

            return null;
        }

        if (curve.Length >= 32 && curve.StartsWith("para"u8) && BinaryPrimitives.ReadUInt16BigEndian(curve[8..]) == 3)
        {
            var gamma = Fixed(curve, 12);
            var a = Fixed(curve, 16);
            var b = Fixed(curve, 20);
            var c = Fixed(curve, 24);
            var d = Fixed(curve, 28);
            return value >= d ? Math.Pow(a * value + b, gamma) : c * value;
        }

        return null;
    }

    private static bool Near(ReadOnlySpan<byte> data, int offset, double expected) =>
        Math.Abs(Fixed(data, offset) - expected) < PrimaryTolerance;

    private static double Fixed(ReadOnlySpan<byte> data, int offset) =>
        BinaryPrimitives.ReadInt32BigEndian(data[offset..]) / 65536.0;

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> profile, uint tag)
    {
        const int TableStart = 128;
        if (profile.Length < TableStart + 4)
        {
            return [];
        }

        var count = BinaryPrimitives.ReadUInt32BigEndian(profile[TableStart..]);
        for (var i = 0; i < Math.Min(count, 100); i++)
        {
            var entry = TableStart + 4 + 12 * i;
            if (entry + 12 > profile.Length)
            {
                break;
            }

            if (BinaryPrimitives.ReadUInt32BigEndian(profile[entry..]) == tag)
            {
                var offset = BinaryPrimitives.ReadUInt32BigEndian(profile[(entry + 4)..]);
                var size = BinaryPrimitives.ReadUInt32BigEndian(profile[(entry + 8)..]);
                return (long)offset + size <= profile.Length ? profile.Slice((int)offset, (int)size) : [];
            }
        }

        return [];
    }

    private static uint Tag(ReadOnlySpan<byte> name) => BinaryPrimitives.ReadUInt32BigEndian(name);
}
