using System.Buffers.Binary;
using CsCheck;
using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Metadata;
using ImageLibrary.Imaging.Planes;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

/// <summary>Colours under profiles of curves and primaries; <see cref="FidelityTests"/> holds their values.</summary>
public sealed class MatrixConverterTests
{
    private readonly NativeBufferPool _pool = new(1 << 20);

    public static TheoryData<string, double[], double[], double[]> Functions => new()
    {
        // Gamma, a, b, c, d, e, f, in the order of the standard; signals; light.
        { "para 0", [2.5], [0, 0.25, 1], [0, 0.03125, 1] },
        { "para 1", [2, 2, -0.5], [0.2, 0.25, 0.5, 0.75], [0, 0, 0.25, 1] },
        { "para 2", [2, 1, -0.5, 0.125], [0.2, 0.5, 1], [0.125, 0.125, 0.375] },
        { "para 3", [2, 0.5, 0.5, 0.25, 0.5], [0.25, 0.5, 1], [0.0625, 0.5625, 1] },
        { "para 4", [2, 0.5, 0.5, 0.25, 0.5, -0.0625, 0.125], [0.25, 0.5, 1], [0.1875, 0.5, 0.9375] },
        { "curv", [], [0, 0.3, 1], [0, 0.3, 1] },
        { "curv", [2], [0, 0.5, 1], [0, 0.25, 1] },
        { "curv", [0, 0.25, 1], [0, 0.25, 0.5, 0.75, 1], [0, 0.125, 0.25, 0.625, 1] },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Evaluate_EachKindOfCurve_IsAsTheStandardSays(string kind, double[] numbers, double[] signals, double[] lights)
    {
        var tag = Tag(kind, numbers);
        var curve = ToneCurve.Read(tag)!;

        Assert.Equal(lights, signals.Select(curve.Evaluate), (expected, actual) => Math.Abs(expected - actual) < 1e-4);
        Assert.All(Enumerable.Range(0, tag.Length), length => Assert.Null(ToneCurve.Read(tag.AsSpan(0, length))));
    }

    [Fact]
    public void Read_TableLongerThanOthersTake_IsNull()
    {
        Assert.NotNull(ToneCurve.Read(Tag("curv", new double[32_767])));
        Assert.Null(ToneCurve.Read(Tag("curv", new double[32_768])));
    }

    [Fact]
    public void Evaluate_CurveOfChance_StaysWithinItsRange() =>
        Gen.Select(Gen.Int[0, 4], Gen.Double[-4, 4].Array[7], Gen.Double[0, 1]).Sample((function, numbers, signal) =>
        {
            var light = ToneCurve.Read(Tag($"para {function}", numbers))!.Evaluate(signal);
            return light is >= 0 and <= 1;
        });

    [Fact]
    public void Convert_AnyColours_IsTheSameWithVectors() =>
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 9], Gen.Int).Sample((width, height, seed) =>
        {
            var random = new Random(seed);
            var converter = new MatrixConverter(MatrixProfile.Read(TestProfile.AdobePrimaries(1.8, 2.2, 2.6))!);
            using var fast = PlanarPicture.Rent(_pool, width, height, ChromaSampling.Full, gray: false);
            using var plain = PlanarPicture.Rent(_pool, width, height, ChromaSampling.Full, gray: false);
            for (var i = 0; i < 3 * height; i++)
            {
                Fill(fast.Planes[i % 3], plain.Planes[i % 3], i / 3, random);
            }

            converter.Convert(fast);
            converter.Convert(plain, vectors: false);

            Assert.Equal(PlaneSamples.Of(plain), PlaneSamples.Of(fast));
        });

    [Fact]
    public void Read_ProfileOfAnotherKind_IsNull()
    {
        var profile = TestProfile.AdobeRgb();
        Assert.NotNull(MatrixProfile.Read(profile));

        Assert.All(Enumerable.Range(0, profile.Length), length => Assert.Null(MatrixProfile.Read(profile.AsSpan(0, length))));
        Assert.Null(MatrixProfile.Read(TestProfile.Gray(2.2)));
        foreach (var (at, text) in ((int, string)[])[(0, "\0\0\0\u0008"), (8, "\u0009"), (12, "link"), (20, "Lab "), (36, "none"), (132, "A2B0")])
        {
            Assert.Null(MatrixProfile.Read(TestProfile.WithText(profile, at, text)));
        }
    }

    /// <summary>Grays whose channels have curves of their own, against the formulas.</summary>
    [Fact]
    public void Convert_CurveOfEachChannel_BelongsToThatChannel()
    {
        double[] powers = [1.8, 2.2, 2.6];
        var converter = new MatrixConverter(MatrixProfile.Read(TestProfile.AdobePrimaries(powers[0], powers[1], powers[2]))!);
        using var picture = PlanarPicture.Rent(_pool, 256, 1, ChromaSampling.Full, gray: false);
        foreach (var (plane, values) in picture.Planes.Index())
        {
            Fill(values, plane == 0 ? x => (byte)x : _ => 128);
        }

        converter.Convert(picture);

        for (var x = 0; x < 256; x++)
        {
            var colour = Colour.FromAdobeLight([.. powers.Select(power => Math.Pow(x / 255.0, Math.Round(power * 256) / 256))]);
            var (red, green, blue) = (255 * Math.Clamp(colour[0], 0, 1), 255 * Math.Clamp(colour[1], 0, 1), 255 * Math.Clamp(colour[2], 0, 1));
            var luma = 0.299 * red + 0.587 * green + 0.114 * blue;
            Assert.Equal(luma, picture.Planes[0].RowSpan(0)[x], tolerance: 0.7);
            Assert.Equal(128 + (blue - luma) / 1.772, picture.Planes[1].RowSpan(0)[x], tolerance: 0.7);
            Assert.Equal(128 + (red - luma) / 1.402, picture.Planes[2].RowSpan(0)[x], tolerance: 0.7);
        }
    }

    private static unsafe void Fill(Plane plane, Func<int, byte> value)
    {
        for (var x = 0; x < plane.Width; x++)
        {
            plane.Row(0)[x] = value(x);
        }
    }

    private static unsafe void Fill(Plane fast, Plane plain, int y, Random random)
    {
        var row = new Span<byte>(fast.Row(y), fast.Width);
        random.NextBytes(row);
        row.CopyTo(new Span<byte>(plain.Row(y), plain.Width));
    }

    private static byte[] Tag(string kind, double[] numbers)
    {
        var isTable = kind == "curv";
        var body = new byte[12 + (isTable ? 2 : 4) * numbers.Length];
        System.Text.Encoding.ASCII.GetBytes(kind.AsSpan(0, 4), body);
        for (var i = 0; i < numbers.Length; i++)
        {
            if (isTable)
            {
                BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(12 + 2 * i), (ushort)Math.Round(numbers[i] * (numbers.Length == 1 ? 256 : 65535)));
            }
            else
            {
                BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(12 + 4 * i), (int)Math.Round(numbers[i] * 65536));
            }
        }

        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(8), isTable ? (uint)numbers.Length : (uint)(kind[^1] - '0') << 16);
        return body;
    }
}
