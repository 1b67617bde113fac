namespace ImageLibrary.Tests.Imaging;

/// <summary>Colours by formula, independent of any library. Sources: IEC 61966-2-1, SMPTE EG 432-1, Adobe RGB (1998) 2005-05, CIE 15.</summary>
internal static class Colour
{
    private static readonly double[][] SrgbToXyz =
        [[0.4123908, 0.3575843, 0.1804808], [0.2126390, 0.7151687, 0.0721923], [0.0193308, 0.1191948, 0.9505322]];

    private static readonly double[][] XyzToDisplayP3 =
        [[2.4934969, -0.9313836, -0.4027108], [-0.8294890, 1.7626641, 0.0236247], [0.0358458, -0.0761724, 0.9568845]];

    private static readonly double[][] XyzToAdobeRgb =
        [[2.0415879, -0.5650070, -0.3447314], [-0.9692436, 1.8759675, 0.0415551], [0.0134443, -0.1183624, 1.0151750]];

    /// <summary>The Display P3 numbers of an sRGB colour; both 0 to 1.</summary>
    internal static double[] ToDisplayP3(double[] srgb) => [.. Multiply(XyzToDisplayP3, ToXyz(srgb)).Select(Compress)];

    /// <summary>The Adobe RGB (1998) numbers of an sRGB colour; both 0 to 1.</summary>
    internal static double[] ToAdobeRgb(double[] srgb) => [.. Multiply(XyzToAdobeRgb, ToXyz(srgb)).Select(value => Math.Pow(value, 1 / 2.19921875))];

    /// <summary>The sRGB colour of Display P3 numbers; both 0 to 1.</summary>
    internal static double[] FromDisplayP3(double[] numbers) => FromXyz(Solve(XyzToDisplayP3, [.. numbers.Select(Expand)]));

    /// <summary>The sRGB colour of Adobe RGB (1998) numbers; both 0 to 1.</summary>
    internal static double[] FromAdobeRgb(double[] numbers) => FromAdobeLight([.. numbers.Select(value => Math.Pow(value, 2.19921875))]);

    /// <summary>The sRGB colour of light in the primaries of Adobe RGB (1998); both 0 to 1.</summary>
    internal static double[] FromAdobeLight(double[] light) => FromXyz(Solve(XyzToAdobeRgb, light));

    /// <summary>The sRGB number of a gray whose light is known.</summary>
    internal static double GrayOf(double light) => Compress(light);

    /// <summary>CIE 1976 difference of two sRGB colours.</summary>
    internal static double DeltaE(double[] a, double[] b)
    {
        var (p, q) = (ToLab(a), ToLab(b));
        return Math.Sqrt(p.Zip(q, (x, y) => (x - y) * (x - y)).Sum());
    }

    private static double[] ToLab(double[] srgb)
    {
        var xyz = ToXyz(srgb);
        var (x, y, z) = (Root(xyz[0] / 0.9504559), Root(xyz[1]), Root(xyz[2] / 1.0890578));
        return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
    }

    private static double Root(double value) => value > 216.0 / 24389 ? Math.Cbrt(value) : (24389.0 / 27 * value + 16) / 116;

    private static double[] ToXyz(double[] srgb) => Multiply(SrgbToXyz, [.. srgb.Select(Expand)]);

    private static double Expand(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    private static double Compress(double value) => value <= 0.0031308 ? 12.92 * value : 1.055 * Math.Pow(value, 1 / 2.4) - 0.055;

    private static double[] FromXyz(double[] xyz) => [.. Solve(SrgbToXyz, xyz).Select(Compress)];

    /// <summary>What the matrix makes the vector of, by Cramer's rule.</summary>
    private static double[] Solve(double[][] matrix, double[] vector) =>
        [.. Enumerable.Range(0, 3).Select(column =>
            Determinant([.. matrix.Select((row, i) => row.Select((value, j) => j == column ? vector[i] : value).ToArray())]) / Determinant(matrix))];

    private static double Determinant(double[][] m) =>
        m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);

    private static double[] Multiply(double[][] matrix, double[] vector) =>
        [.. matrix.Select(row => row.Zip(vector, (a, b) => a * b).Sum())];
}
