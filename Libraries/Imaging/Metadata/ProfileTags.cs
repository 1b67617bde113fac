using System.Buffers.Binary;

namespace ImageLibrary.Imaging.Metadata;

/// <summary>The parts of a colour profile. Source: ICC.1:2022, 7.3.</summary>
internal static class ProfileTags
{
    private const int TableStart = 128;
    private const int MostTags = 100;

    /// <summary>A part by its name of four letters; empty where the profile has none, is cut short, or has more parts than others read.</summary>
    internal static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> profile, ReadOnlySpan<byte> name)
    {
        if (profile.Length < TableStart + 4)
        {
            return [];
        }

        var count = BinaryPrimitives.ReadUInt32BigEndian(profile[TableStart..]);
        profile = profile[..(int)Math.Min((uint)profile.Length, BinaryPrimitives.ReadUInt32BigEndian(profile))];
        if (count > MostTags)
        {
            return [];
        }

        for (var i = 0; i < count; i++)
        {
            var entry = TableStart + 4 + 12 * i;
            if (entry + 12 > profile.Length)
            {
                break;
            }

            if (profile[entry..].StartsWith(name))
            {
                var offset = BinaryPrimitives.ReadUInt32BigEndian(profile[(entry + 4)..]);
                var size = BinaryPrimitives.ReadUInt32BigEndian(profile[(entry + 8)..]);
                return (long)offset + size <= profile.Length ? profile.Slice((int)offset, (int)size) : [];
            }
        }

        return [];
    }

    /// <summary>The colours of red, green and blue (columns) in XYZ (rows), adapted to D50; null where one is missing.</summary>
    internal static double[,]? Primaries(ReadOnlySpan<byte> profile)
    {
        var primaries = new double[3, 3];
        return Read(profile, "rXYZ"u8, 0) && Read(profile, "gXYZ"u8, 1) && Read(profile, "bXYZ"u8, 2) ? primaries : null;

        bool Read(ReadOnlySpan<byte> profile, ReadOnlySpan<byte> name, int column)
        {
            var tag = Find(profile, name);
            if (tag.Length < 20 || !tag.StartsWith("XYZ "u8))
            {
                return false;
            }

            for (var row = 0; row < 3; row++)
            {
                primaries[row, column] = Fixed(tag[(8 + 4 * row)..]);
            }

            return true;
        }
    }

    /// <summary>The curves of red, green and blue; null where one is missing or of a kind that is not known.</summary>
    internal static ToneCurve[]? Curves(ReadOnlySpan<byte> profile) =>
        ToneCurve.Read(Find(profile, "rTRC"u8)) is { } red && ToneCurve.Read(Find(profile, "gTRC"u8)) is { } green
        && ToneCurve.Read(Find(profile, "bTRC"u8)) is { } blue
            ? [red, green, blue]
            : null;

    /// <summary>A number with 16 fraction bits.</summary>
    internal static double Fixed(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadInt32BigEndian(data) / 65536.0;
}
