using ImageLibrary.Core;
using ImageLibrary.Imaging;
using ImageLibrary.Imaging.Jpeg;
using ImageLibrary.Imaging.Planes;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

/// <summary>What is hard to reduce, at every step of the decoder's own reduction; and colours.</summary>
public sealed class FidelityTests
{
    private const int Width = 1203;
    private const int Height = 901;

    private static readonly Lazy<byte[]> Hard = new(() => TestPicture.EncodeJpeg(TestPicture.HardSamples(Width, Height), Width, Height, 92));
    private static readonly Lazy<byte[]> Noisy = new(() => TestPicture.EncodeJpeg(TestPicture.NoisySamples(Width, Height), Width, Height, 92));

    private readonly ImageRenderer _renderer = new();

    public static TheoryData<string, double> Cases()
    {
        var cases = new TheoryData<string, double>();
        foreach (var picture in (string[])["hard", "noisy"])
        {
            foreach (var ratio in (double[])[1.01, 1.5, 2.1, 2.8, 3.1, 3.7, 4.3, 5.2, 7.5, 8.5, 9.5, 12])
            {
                cases.Add(picture, ratio);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Render_DifficultPicture_IsAsGoodAsThePeer(string picture, double ratio)
    {
        var source = picture == "hard" ? Hard.Value : Noisy.Value;
        var (width, height) = ((int)(Width / ratio), (int)(Height / ratio) + 1);
        var spec = new DerivativeSpec("any", width, height, "jpeg", 85);
        using var result = _renderer.Render(source, [spec], TestContext.Current.CancellationToken);

        var facts = result.Derivatives[0].Facts;
        var reference = Quality.Reference(source, orientation: 1, facts.Width, facts.Height);
        var ours = Quality.Luma(result.Derivatives[0].Content.Memory.Span);
        var peer = Quality.Luma(Quality.Peer(source, facts.Width, facts.Height, facts.Quality!.Value));
        var (psnr, peerPsnr) = (Quality.Psnr(ours, reference), Quality.Psnr(peer, reference));
        var (ssim, peerSsim) = (Quality.Ssim(ours, reference), Quality.Ssim(peer, reference));
        var (ringing, peerRinging) = (Quality.Ringing(ours, reference), Quality.Ringing(peer, reference));
        var (x, y) = Quality.Shift(ours, reference);
        Assert.True(psnr >= peerPsnr - 0.3, $"PSNR {psnr:0.00}, peer {peerPsnr:0.00}");
        Assert.True(ssim >= peerSsim - 0.001, $"SSIM {ssim:0.0000}, peer {peerSsim:0.0000}");
        // In noise there is no edge that could ring.
        Assert.True(picture == "noisy" || ringing <= peerRinging * 1.1 + 0.05, $"ringing {ringing:0.000}, peer {peerRinging:0.000}");
        Assert.True(Math.Abs(x) < 0.1 && Math.Abs(y) < 0.1, $"shift {x:0.000}, {y:0.000}");
    }

    public static TheoryData<string, double> Samplings()
    {
        var cases = new TheoryData<string, double>();
        foreach (var sampling in (string[])["4:4:4", "4:2:2", "4:4:0", "4:1:1", "4:2:0"])
        {
            // One for each reduction while decoding; at 2.85 of chroma alone.
            foreach (var ratio in (double[])[1.1, 2.85, 3.3, 5.5, 9.5])
            {
                cases.Add(sampling, ratio);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Samplings))]
    public void Render_EachSampling_HasItsChromaInPlace(string sampling, double ratio)
    {
        var source = QualityTests.Source(sampling, Width, Height);
        var waves = QualityTests.Source(sampling, Width, Height, TestPicture.Waves(Width, Height));
        var spec = new DerivativeSpec("any", (int)(Width / ratio), (int)(Height / ratio) + 1, "jpeg", 85);
        using var result = _renderer.Render(source, [spec], TestContext.Current.CancellationToken);
        using var slow = _renderer.Render(waves, [spec], TestContext.Current.CancellationToken);

        var facts = result.Derivatives[0].Facts;
        var peer = Quality.Peer(source, facts.Width, facts.Height, facts.Quality!.Value);
        for (var plane = 1; plane <= 2; plane++)
        {
            var reference = Quality.Reference(source, orientation: 1, facts.Width, facts.Height, plane);
            var (psnr, peerPsnr) = (
                Quality.Psnr(Quality.Plane(result.Derivatives[0].Content.Memory.Span, plane), reference),
                Quality.Psnr(Quality.Plane(peer, plane), reference));
            var (x, y) = Quality.Shift(
                Quality.Plane(slow.Derivatives[0].Content.Memory.Span, plane),
                Quality.Reference(waves, orientation: 1, facts.Width, facts.Height, plane));
            // A sample of chroma is two pixels.
            Assert.True(Math.Abs(x) < 0.05 && Math.Abs(y) < 0.05, $"plane {plane}: shift {2 * x:0.000}, {2 * y:0.000}");
            Assert.True(psnr >= peerPsnr - 0.3, $"plane {plane}: PSNR {psnr:0.00}, peer {peerPsnr:0.00}");
        }
    }

    /// <summary>Patches in a wider space must come out as the colours that its formulas give for the same samples.</summary>
    [Theory]
    [InlineData("p3")]
    [InlineData("adobe")]
    public void Render_WiderSpace_KeepsColoursWithinDeltaE1(string space)
    {
        const int Patch = 64;
        const int Side = 4;
        var random = new Random(3);
        var colours = Enumerable.Range(0, Side * Side).Select(_ => Enumerable.Range(0, 3).Select(_ => random.Next(60, 200) / 255.0).ToArray()).ToArray();
        var samples = new byte[Side * Patch * Side * Patch * 3];
        for (var i = 0; i < samples.Length / 3; i++)
        {
            var (x, y) = (i % (Side * Patch), i / (Side * Patch));
            var colour = colours[y / Patch * Side + x / Patch];
            var numbers = space == "p3" ? Colour.ToDisplayP3(colour) : Colour.ToAdobeRgb(colour);
            for (var band = 0; band < 3; band++)
            {
                samples[i * 3 + band] = (byte)Math.Round(255 * numbers[band]);
            }
        }

        var plain = TestPicture.EncodeJpeg(samples, Side * Patch, Side * Patch, 100, subsampling: 2);
        var source = space == "p3" ? TestPicture.WithProfile(plain, "p3") : TestPicture.WithProfile(plain, TestProfile.AdobeRgb());
        using var result = _renderer.Render(
            source, [new DerivativeSpec("any", 128, 128, "jpeg", 100)], TestContext.Current.CancellationToken);

        using var stored = TurboJpegDecoder.Decode(plain, 8, TestPicture.Pool, out _);
        using var shown = TurboJpegDecoder.Decode(result.Derivatives[0].Content.Memory.Span, 8, TestPicture.Pool, out _);
        var differences = new List<double>();
        for (var patch = 0; patch < colours.Length; patch++)
        {
            var (x, y) = (patch % Side * Patch + Patch / 2, patch / Side * Patch + Patch / 2);
            var numbers = Rgb(stored, x, y);
            var expected = space == "p3" ? Colour.FromDisplayP3(numbers) : Colour.FromAdobeRgb(numbers);
            // A JPEG holds whole numbers of luma and chroma, of which a colour in between can be more than 1 away.
            differences.Add(Colour.DeltaE(Rgb(shown, x / 2, y / 2), Whole(expected)));
        }

        Assert.True(differences.Average() < 0.1 && differences.Max() < 1, string.Join(' ', differences.Select(value => $"{value:0.00}")));
    }

    /// <summary>The colour of a place, 0 to 1.</summary>
    private static double[] Rgb(PlanarPicture picture, int x, int y)
    {
        double Chroma(int plane) => picture.Planes[plane].RowSpan(y / picture.Sampling.Y)[x / picture.Sampling.X] - 128.0;
        return Rgb(picture.Planes[0].RowSpan(y)[x], Chroma(1), Chroma(2));
    }

    private static double[] Rgb(double luma, double blue, double red) =>
        [(luma + 1.402 * red) / 255, (luma - 0.344136 * blue - 0.714136 * red) / 255, (luma + 1.772 * blue) / 255];

    /// <summary>The nearest colour that a JPEG can hold.</summary>
    private static double[] Whole(double[] rgb)
    {
        var luma = 255 * (0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2]);
        return Rgb(Math.Round(luma), Math.Round((255 * rgb[2] - luma) / 1.772), Math.Round((255 * rgb[0] - luma) / 1.402));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.8)]
    public void Render_GrayProfile_ShowsTheSameLight(double power)
    {
        var plain = TestPicture.Encode(640, 480, 1, "jpegsave_buffer", save => save.Set("Q", 98));
        using var result = _renderer.Render(
            TestPicture.WithProfile(plain, TestProfile.Gray(power)), [new DerivativeSpec("any", 640, 480, "jpeg", 98)],
            TestContext.Current.CancellationToken);

        var (stored, shown) = (Quality.Luma(plain), Quality.Luma(result.Derivatives[0].Content.Memory.Span));
        var differences = stored.Cast<double>().Zip(
            shown.Cast<double>(), (from, to) => Math.Abs(to - 255 * Colour.GrayOf(Math.Pow(from / 255, power)))).ToList();
        Assert.True(differences.Average() < 1.5, $"{differences.Average():0.00}");
    }
}
