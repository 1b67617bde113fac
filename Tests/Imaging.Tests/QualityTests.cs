using ImageLibrary.Core;
using ImageLibrary.Imaging;
using ImageLibrary.Imaging.Planes;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

public sealed class QualityTests
{
    /// <summary>How far luma may fall behind what libvips makes of the same source.</summary>
    private const double PsnrTolerance = 0.3;
    private const double SsimTolerance = 0.001;

    private readonly ImageRenderer _renderer = new();

    public static TheoryData<string, int, int> Sources() => new()
    {
        { "4:2:0", 4000, 3000 },
        { "4:2:0", 2401, 1603 },
        { "4:2:0", 1401, 2003 },
        { "4:4:4", 2401, 1603 },
        { "4:2:2", 2401, 1603 },
        { "4:4:0", 2401, 1603 },
        { "4:1:1", 2401, 1603 },
        { "gray", 2401, 1603 },
        { "progressive", 2401, 1603 },
        { "restarts", 2401, 1603 },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void Render_Jpeg_IsAsGoodAsThePeer(string kind, int width, int height)
    {
        var source = Source(kind, width, height);
        using var result = _renderer.Render(source, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);

        foreach (var derivative in result.Derivatives)
        {
            var facts = derivative.Facts;
            var reference = Quality.Reference(source, orientation: 1, facts.Width, facts.Height);
            var ours = Quality.Luma(derivative.Content.Memory.Span);
            var peer = Quality.Luma(Quality.Peer(source, facts.Width, facts.Height, facts.Quality!.Value));

            var (psnr, peerPsnr) = (Quality.Psnr(ours, reference), Quality.Psnr(peer, reference));
            var (ssim, peerSsim) = (Quality.Ssim(ours, reference), Quality.Ssim(peer, reference));
            var (ringing, peerRinging) = (Quality.Ringing(ours, reference), Quality.Ringing(peer, reference));
            var (x, y) = Quality.Shift(ours, reference);
            Assert.True(psnr >= peerPsnr - PsnrTolerance, $"{derivative.Kind}: PSNR {psnr:0.00}, peer {peerPsnr:0.00}");
            Assert.True(ssim >= peerSsim - SsimTolerance, $"{derivative.Kind}: SSIM {ssim:0.0000}, peer {peerSsim:0.0000}");
            var mostRinging = peerRinging * 1.1 + 0.05;
            Assert.True(ringing <= mostRinging, $"{derivative.Kind}: ringing {ringing:0.000}, peer {peerRinging:0.000}");
            Assert.True(Math.Abs(x) < 0.1 && Math.Abs(y) < 0.1, $"{derivative.Kind}: shift {x:0.000}, {y:0.000}");
        }
    }

    [Theory]
    [InlineData("webpsave_buffer", 3, 2401, 1603)]
    [InlineData("webpsave_buffer", 3, 4001, 3000)]
    [InlineData("webpsave_buffer", 3, 801, 603)]
    [InlineData("pngsave_buffer", 3, 2401, 1603)]
    [InlineData("pngsave_buffer", 1, 2401, 1603)]
    public void Render_OtherFormat_IsAsGoodAsThePeer(string operation, int bands, int width, int height)
    {
        var source = TestPicture.Encode(width, height, bands, operation);
        using var result = _renderer.Render(source, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);

        foreach (var derivative in result.Derivatives)
        {
            var facts = derivative.Facts;
            var reference = Quality.Reference(source, orientation: 1, facts.Width, facts.Height);
            var ours = Quality.Luma(derivative.Content.Memory.Span);
            var peer = Quality.Luma(Quality.PeerOfOther(source, facts.Width, facts.Height, facts.Quality!.Value));
            var (psnr, peerPsnr) = (Quality.Psnr(ours, reference), Quality.Psnr(peer, reference));
            var (ssim, peerSsim) = (Quality.Ssim(ours, reference), Quality.Ssim(peer, reference));
            var (x, y) = Quality.Shift(ours, reference);
            Assert.True(psnr >= peerPsnr - PsnrTolerance, $"{derivative.Kind}: PSNR {psnr:0.00}, peer {peerPsnr:0.00}");
            Assert.True(ssim >= peerSsim - SsimTolerance, $"{derivative.Kind}: SSIM {ssim:0.0000}, peer {peerSsim:0.0000}");
            Assert.True(Math.Abs(x) < 0.1 && Math.Abs(y) < 0.1, $"shift {x:0.000}, {y:0.000}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Render_EachOrientation_IsUprightOnBothPaths(int orientation)
    {
        var plain = Source("4:2:0", 1203, 801);
        var turned = TestPicture.Turned(plain, orientation);
        var tagged = TestPicture.Turned(TestPicture.WithProfile(plain, "p3"), orientation);
        foreach (var source in (byte[][])[turned, tagged])
        {
            using var result = _renderer.Render(source, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);

            Assert.Equal(orientation >= 5 ? (801, 1203) : (1203, 801), (result.Facts.Width, result.Facts.Height));
            foreach (var derivative in result.Derivatives)
            {
                var reference = Quality.Reference(plain, orientation, derivative.Facts.Width, derivative.Facts.Height);
                var psnr = Quality.Psnr(Quality.Luma(derivative.Content.Memory.Span), reference);
                Assert.True(psnr > 27, $"{derivative.Kind}: PSNR {psnr:0.00}");
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 700)]
    [InlineData(5000, 1)]
    [InlineData(2, 3)]
    [InlineData(7, 9)]
    [InlineData(301, 299)]
    public void Render_TinyAndThin_KeepsItsColours(int width, int height)
    {
        foreach (var operation in (string[])["jpegsave_buffer", "pngsave_buffer"])
        {
            var source = TestPicture.Encode(width, height, 3, operation);

            using var result = _renderer.Render(source, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);

            var facts = result.Derivatives[1].Facts;
            Assert.Equal((Math.Min(1920, width), Math.Min(1080, height)), (facts.Width, facts.Height));
            var luma = Quality.Luma(result.Derivatives[1].Content.Memory.Span);
            Assert.InRange(luma.Cast<double>().Average(), 70, 190);
        }
    }

    [Fact]
    public void Render_TransparentSource_LiesOnWhite()
    {
        var source = TestPicture.Encode(400, 200, 4, "pngsave_buffer");

        using var result = _renderer.Render(source, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);

        // The picture's alpha rises from zero at the left edge.
        Assert.InRange(Quality.Luma(result.Derivatives[1].Content.Memory.Span)[100, 0], 245, 255);
    }

    [Fact]
    public void Render_WideGamutProfile_IsConverted()
    {
        var plain = Source("4:4:4", 640, 480);
        var tagged = TestPicture.WithProfile(plain, "p3");

        using var before = _renderer.Render(plain, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);
        using var after = _renderer.Render(tagged, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);

        // The same numbers mean more saturated colours in P3, so as sRGB they must differ.
        Assert.NotEqual(
            before.Derivatives[0].Content.Memory.ToArray(), after.Derivatives[0].Content.Memory.ToArray());
    }

    [Fact]
    public void Render_SrgbProfile_IsRecognised()
    {
        var plain = Source("4:2:0", 640, 480);

        using var before = _renderer.Render(plain, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);
        using var after = _renderer.Render(
            TestPicture.WithProfile(plain, "srgb"), DerivativeSpec.Defaults, TestContext.Current.CancellationToken);

        Assert.Equal(before.Derivatives[0].Content.Memory.ToArray(), after.Derivatives[0].Content.Memory.ToArray());
    }

    internal static byte[] Source(string kind, int width, int height, byte[]? samples = null) => kind switch
    {
        "4:4:4" => Quality.EncodeSampled(width, height, new ChromaSampling(1, 1), samples),
        "4:2:2" => Quality.EncodeSampled(width, height, new ChromaSampling(2, 1), samples),
        "4:4:0" => Quality.EncodeSampled(width, height, new ChromaSampling(1, 2), samples),
        "4:1:1" => Quality.EncodeSampled(width, height, new ChromaSampling(4, 1), samples),
        "4:2:0" => Quality.EncodeSampled(width, height, new ChromaSampling(2, 2), samples),
        "gray" => TestPicture.Encode(width, height, 1, "jpegsave_buffer", save => save.Set("Q", 90)),
        "progressive" => TestPicture.Encode(width, height, 3, "jpegsave_buffer", save => save.Set("Q", 90).Set("interlace", 1)),
        _ => TestPicture.Encode(width, height, 3, "jpegsave_buffer", save => save.Set("Q", 90).Set("restart_interval", 7)),
    };
}
