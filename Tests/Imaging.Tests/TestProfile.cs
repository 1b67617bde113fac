using System.Buffers.Binary;

namespace ImageLibrary.Tests.Imaging;

/// <summary>Writes small colour profiles. Source: ICC.1:2001-04.</summary>
internal static class TestProfile
{
    private const int HeaderLength = 128;

    /// <summary>Adobe RGB (1998): its primaries, adapted to the profiles' white, and a plain power.</summary>
    internal static byte[] AdobeRgb() => AdobePrimaries(2.19921875, 2.19921875, 2.19921875);

    /// <summary>The same primaries with a power for each of red, green and blue.</summary>
    internal static byte[] AdobePrimaries(double red, double green, double blue) => Write(
        "RGB ", ("wtpt", Xyz(0.9505, 1, 1.0891)), ("rXYZ", Xyz(0.60974, 0.31111, 0.01947)), ("gXYZ", Xyz(0.20528, 0.62567, 0.06087)),
        ("bXYZ", Xyz(0.14919, 0.06322, 0.74457)), ("rTRC", Power(red)), ("gTRC", Power(green)), ("bTRC", Power(blue)));

    /// <summary>The profile with other letters at a place of its header or of its list of parts, which follows.</summary>
    internal static byte[] WithText(byte[] profile, int at, string text)
    {
        var copy = profile.ToArray();
        Text(copy, at, text);
        return copy;
    }

    /// <summary>Gray of a plain power.</summary>
    internal static byte[] Gray(double power) => Write("GRAY", ("wtpt", Xyz(0.9642, 1, 0.8249)), ("kTRC", Power(power)));

    private static byte[] Write(string space, params (string Tag, byte[] Body)[] tags)
    {
        var start = HeaderLength + 4 + 12 * tags.Length;
        var profile = new byte[start + tags.Sum(tag => tag.Body.Length)];
        Number(profile, 0, profile.Length);
        Number(profile, 8, 0x02400000);
        Text(profile, 12, "mntr");
        Text(profile, 16, space);
        Text(profile, 20, "XYZ ");
        Text(profile, 36, "acsp");
        Xyz(0.9642, 1, 0.8249).AsSpan(8).CopyTo(profile.AsSpan(68));
        Number(profile, HeaderLength, tags.Length);
        foreach (var (number, (tag, body)) in tags.Index())
        {
            var entry = HeaderLength + 4 + 12 * number;
            Text(profile, entry, tag);
            Number(profile, entry + 4, start);
            Number(profile, entry + 8, body.Length);
            body.CopyTo(profile, start);
            start += body.Length;
        }

        return profile;
    }

    private static byte[] Xyz(double x, double y, double z)
    {
        var body = new byte[20];
        Text(body, 0, "XYZ ");
        Number(body, 8, (int)Math.Round(x * 65536));
        Number(body, 12, (int)Math.Round(y * 65536));
        Number(body, 16, (int)Math.Round(z * 65536));
        return body;
    }

    private static byte[] Power(double power)
    {
        var body = new byte[16];
        Text(body, 0, "curv");
        Number(body, 8, 1);
        BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(12), (ushort)Math.Round(power * 256));
        return body;
    }

    private static void Number(byte[] target, int at, int value) => BinaryPrimitives.WriteInt32BigEndian(target.AsSpan(at), value);

    private static void Text(byte[] target, int at, string text) => System.Text.Encoding.ASCII.GetBytes(text).CopyTo(target, at);
}
