namespace ImageLibrary.Imaging.Metadata;

/// <summary>
/// A colour profile of curves and primaries, as cameras, phones and displays have. Other profiles have tables of colours, which
/// count where there are both. Source: ICC.1:2022, annex F.3.
/// </summary>
internal sealed class MatrixProfile
{
    private const int HeaderLength = 128;
    private const int NewestVersion = 5;

    private MatrixProfile(ToneCurve[] curves, double[,] toLinearSrgb)
    {
        Curves = curves;
        ToLinearSrgb = toLinearSrgb;
    }

    /// <summary>Of red, green and blue.</summary>
    internal IReadOnlyList<ToneCurve> Curves { get; }

    /// <summary>What a part of light of this profile (columns) is in sRGB (rows).</summary>
    internal double[,] ToLinearSrgb { get; }

    /// <summary>Reads a profile; null of another kind.</summary>
    internal static MatrixProfile? Read(ReadOnlySpan<byte> profile) =>
        profile.Length >= HeaderLength && IsColours(profile[..HeaderLength]) && !HasTables(profile)
        && ProfileTags.Curves(profile) is { } curves && ProfileTags.Primaries(profile) is { } primaries
            ? new MatrixProfile(curves, Multiply(Inverse(ColourProfile.Primaries), primaries))
            : null;

    /// <summary>Whether it describes the colours of a scanner or camera, a display, a printer, or a space as such.</summary>
    private static bool IsColours(ReadOnlySpan<byte> header)
    {
        var kind = header.Slice(12, 4);
        return (kind.SequenceEqual("scnr"u8) || kind.SequenceEqual("mntr"u8) || kind.SequenceEqual("prtr"u8) || kind.SequenceEqual("spac"u8))
            && header[8] <= NewestVersion && header[16..].StartsWith("RGB XYZ "u8) && header[36..].StartsWith("acsp"u8);
    }

    private static bool HasTables(ReadOnlySpan<byte> profile) =>
        ProfileTags.Find(profile, "A2B0"u8).Length + ProfileTags.Find(profile, "A2B1"u8).Length + ProfileTags.Find(profile, "A2B2"u8).Length
        + ProfileTags.Find(profile, "D2B0"u8).Length + ProfileTags.Find(profile, "D2B1"u8).Length > 0;

    private static double[,] Multiply(double[,] a, double[,] b)
    {
        var product = new double[3, 3];
        for (var i = 0; i < 9; i++)
        {
            var (row, column) = (i / 3, i % 3);
            product[row, column] = a[row, 0] * b[0, column] + a[row, 1] * b[1, column] + a[row, 2] * b[2, column];
        }

        return product;
    }

    /// <summary>By cofactors.</summary>
    private static double[,] Inverse(double[,] m)
    {
        var inverse = new double[3, 3];
        for (var i = 0; i < 9; i++)
        {
            var (row, column) = (i / 3, i % 3);
            var (below, beneath, right, beyond) = ((column + 1) % 3, (column + 2) % 3, (row + 1) % 3, (row + 2) % 3);
            inverse[row, column] = m[below, right] * m[beneath, beyond] - m[below, beyond] * m[beneath, right];
        }

        var determinant = m[0, 0] * inverse[0, 0] + m[0, 1] * inverse[1, 0] + m[0, 2] * inverse[2, 0];
        for (var i = 0; i < 9; i++)
        {
            inverse[i / 3, i % 3] /= determinant;
        }

        return inverse;
    }
}
