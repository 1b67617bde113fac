using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ImageLibrary.Imaging.Metadata;

namespace ImageLibrary.Imaging.Planes;

/// <summary>
/// Brings planes under a profile of curves and primaries to sRGB. All is done in numbers with fractions, so only the planes are
/// rounded, and at less cost than a general library of colours has. Vector code and plain code give the same samples.
/// </summary>
internal sealed unsafe class MatrixConverter
{
    // In steps of a sixteenth of a sample of 8 bits; and of light, of which near black a twelfth is the same step of the signal.
    private const int SignalSteps = 16;
    private const int Signals = 255 * SignalSteps;
    private const int Lights = (1 << 14) - 1;

    // Source: ITU-T T.871 (JFIF).
    private const float LumaRed = 0.299f;
    private const float LumaGreen = 0.587f;
    private const float LumaBlue = 0.114f;
    private const float Blue = 1.772f;
    private const float Red = 1.402f;

    /// <summary>Samples of 0 to 255 by the light of sRGB. Source: IEC 61966-2-1.</summary>
    private static readonly float[] ToSignal = [.. Enumerable.Range(0, Lights + 1).Select(light => Encode(light / (double)Lights))];

    private readonly float[][] _toLight;
    private readonly float[] _matrix;

    internal MatrixConverter(MatrixProfile profile)
    {
        _toLight =
        [
            .. profile.Curves.Select(curve => Enumerable.Range(0, Signals + 1).Select(signal => (float)curve.Evaluate(signal / (double)Signals)).ToArray()),
        ];
        _matrix = [.. profile.ToLinearSrgb.Cast<double>().Select(part => (float)(part * Lights))];
    }

    /// <summary>Converts in place.</summary>
    /// <param name="picture">Luma and chroma, all of the same size.</param>
    /// <param name="vectors">Whether to use vector code where the processor has it; tests compare both.</param>
    internal void Convert(PlanarPicture picture, bool vectors = true)
    {
        for (var y = 0; y < picture.Planes[0].Height; y++)
        {
            byte* luma = picture.Planes[0].Row(y), blue = picture.Planes[1].Row(y), red = picture.Planes[2].Row(y);
            if (vectors && Avx2.IsSupported)
            {
                ConvertVectors(luma, blue, red, picture.Planes[0].Width);
            }
            else
            {
                ConvertPixels(luma, blue, red, picture.Planes[0].Width);
            }
        }
    }

    private static float Encode(double light) => (float)(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * Math.Pow(light, 1 / 2.4) - 0.055));

    private void ConvertPixels(byte* luma, byte* blue, byte* red, int width)
    {
        for (var x = 0; x < width; x++)
        {
            float y = luma[x], u = blue[x] - 128f, v = red[x] - 128f;
            var r = Light(0, y + Red * v);
            var g = Light(1, y - Blue * LumaBlue / LumaGreen * u - Red * LumaRed / LumaGreen * v);
            var b = Light(2, y + Blue * u);
            (r, g, b) = (Signal(0, r, g, b), Signal(3, r, g, b), Signal(6, r, g, b));
            y = LumaRed * r + LumaGreen * g + LumaBlue * b;
            luma[x] = Byte(y);
            blue[x] = Byte((b - y) * (1 / Blue) + 128f);
            red[x] = Byte((r - y) * (1 / Red) + 128f);
        }

        float Light(int curve, float signal) => _toLight[curve][(int)MathF.Round(Math.Clamp(signal * SignalSteps, 0, Signals))];

        float Signal(int row, float r, float g, float b) =>
            ToSignal[(int)MathF.Round(Math.Clamp(_matrix[row] * r + _matrix[row + 1] * g + _matrix[row + 2] * b, 0, Lights))];

        static byte Byte(float value) => (byte)Math.Clamp(MathF.Round(value), 0, byte.MaxValue);
    }

    /// <summary>Eight pixels a step, up to the end of the last step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ConvertVectors(byte* luma, byte* blue, byte* red, int width)
    {
        fixed (float* redLight = _toLight[0], greenLight = _toLight[1], blueLight = _toLight[2], signals = ToSignal, matrix = _matrix)
        {
            for (var x = 0; x < width; x += Vector256<float>.Count)
            {
                var y = Load(luma + x);
                var u = Load(blue + x) - Vector256.Create(128f);
                var v = Load(red + x) - Vector256.Create(128f);
                var r = Light(redLight, y + Vector256.Create(Red) * v);
                var g = Light(greenLight, y - Vector256.Create(Blue * LumaBlue / LumaGreen) * u - Vector256.Create(Red * LumaRed / LumaGreen) * v);
                var b = Light(blueLight, y + Vector256.Create(Blue) * u);
                (r, g, b) = (Signal(signals, matrix, r, g, b), Signal(signals, matrix + 3, r, g, b), Signal(signals, matrix + 6, r, g, b));
                y = Vector256.Create(LumaRed) * r + Vector256.Create(LumaGreen) * g + Vector256.Create(LumaBlue) * b;
                Store(y, luma + x);
                Store((b - y) * Vector256.Create(1 / Blue) + Vector256.Create(128f), blue + x);
                Store((r - y) * Vector256.Create(1 / Red) + Vector256.Create(128f), red + x);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(byte* samples) => Avx.ConvertToVector256Single(Avx2.ConvertToVector256Int32(samples));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Light(float* curve, Vector256<float> signal) =>
        LookUp(curve, signal * Vector256.Create((float)SignalSteps), Signals);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Signal(float* signals, float* row, Vector256<float> r, Vector256<float> g, Vector256<float> b) =>
        LookUp(signals, Vector256.Create(row[0]) * r + Vector256.Create(row[1]) * g + Vector256.Create(row[2]) * b, Lights);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> LookUp(float* table, Vector256<float> place, int last)
    {
        var within = Avx.Min(Avx.Max(place, Vector256<float>.Zero), Vector256.Create((float)last));
        return Avx2.GatherVector256(table, Avx.ConvertToVector256Int32(within), sizeof(float));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> values, byte* samples)
    {
        var numbers = Avx.ConvertToVector256Int32(values);
        var words = Sse2.PackSignedSaturate(numbers.GetLower(), numbers.GetUpper());
        *(ulong*)samples = Sse2.PackUnsignedSaturate(words, words).AsUInt64().ToScalar();
    }
}
