using ImageLibrary.Core;
using ImageLibrary.Imaging;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

public sealed class ImageRendererTests
{
    private readonly ImageRenderer _renderer = new();

    public static TheoryData<string, int, string> Formats() => new()
    {
        { "jpegsave_buffer", 3, "jpeg" },
        { "jpegsave_buffer", 1, "jpeg" },
        { "pngsave_buffer", 3, "png" },
        { "pngsave_buffer", 4, "png" },
        { "pngsave_buffer", 1, "png" },
        { "webpsave_buffer", 3, "webp" },
        { "webpsave_buffer", 4, "webp" },
        { "gifsave_buffer", 3, "gif" },
        { "tiffsave_buffer", 3, "tiff" },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Render_EachSourceFormat_GivesBothDerivativesWithTrueFacts(string operation, int bands, string format)
    {
        // The search for a GIF's palette is slow with many pixels, unless it is told not to try hard.
        var source = TestPicture.Encode(2600, 1301, bands, operation, save => _ = format == "gif" ? save.Set("effort", 1) : save);

        using var result = _renderer.Render(source, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);

        Assert.Equal(format, result.Facts.Format);
        Assert.Equal((2600, 1301), (result.Facts.Width, result.Facts.Height));
        Assert.Equal(["thumbnail", "cache"], result.Derivatives.Select(derivative => derivative.Kind));
        Assert.Equal((300, 150), (result.Derivatives[0].Facts.Width, result.Derivatives[0].Facts.Height));
        Assert.Equal((1920, 961), (result.Derivatives[1].Facts.Width, result.Derivatives[1].Facts.Height));
        foreach (var derivative in result.Derivatives)
        {
            var facts = _renderer.Inspect(derivative.Content.Memory.Span);
            Assert.NotNull(facts);
            Assert.Equal(derivative.Facts with { Quality = 0 }, facts with { Quality = 0 });
            Assert.InRange(facts.Quality!.Value, derivative.Facts.Quality!.Value - 1, derivative.Facts.Quality.Value + 1);
        }

        Assert.False(result.Damaged);
        Assert.InRange(result.Thumbhash.Length, 5, 25);
    }

    [Theory]
    [InlineData("jpeg")]
    [InlineData("png")]
    [InlineData("webp")]
    [InlineData("avif")]
    public void Render_EachOutputFormat_IsOfThatFormat(string format)
    {
        DerivativeSpec[] specs = [new("thumbnail", 300, 300, format, 80)];
        foreach (var operation in (string[])["jpegsave_buffer", "pngsave_buffer"])
        {
            using var result = _renderer.Render(
                TestPicture.Encode(640, 480, 3, operation), specs, TestContext.Current.CancellationToken);

            var facts = _renderer.Inspect(result.Derivatives[0].Content.Memory.Span);

            Assert.Equal((300, 225, format), (facts!.Width, facts.Height, facts.Format));
            Assert.Equal(format is "jpeg" or "png", facts.Quality is not null);
        }
    }

    [Fact]
    public void RecipeFingerprint_OtherLimits_IsTheSame()
    {
        var limited = new ImageRenderer(new RenderLimits { MaxFileBytes = 1000, MaxPixels = 1000, MaxSide = 10, MaxMultiScanPixels = 10, MaxScans = 1 });

        Assert.All(DerivativeSpec.Defaults, spec => Assert.Equal(new ImageRenderer().RecipeFingerprint(spec), limited.RecipeFingerprint(spec)));
    }

    [Fact]
    public void Render_SourceSmallerThanItsThumbnail_IsNotHeldToTheLimitOfSources()
    {
        var source = TestPicture.Encode(1, 1, 3, "pngsave_buffer");
        var limited = new ImageRenderer(new RenderLimits { MaxFileBytes = source.Length });

        using var result = limited.Render(source, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);

        Assert.All(result.Derivatives, derivative => Assert.True(derivative.Content.Memory.Length > source.Length));
    }

    [Fact]
    public void Render_AllResultsDisposed_RentsNothing()
    {
        foreach (var operation in (string[])["jpegsave_buffer", "pngsave_buffer"])
        {
            using var result = _renderer.Render(
                TestPicture.Encode(900, 700, 3, operation), DerivativeSpec.Defaults, TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, _renderer.RentedBytes);
    }

    [Fact]
    public void Render_SmallSource_IsNotEnlarged()
    {
        using var result = _renderer.Render(
            TestPicture.Encode(120, 80, 3, "jpegsave_buffer"), DerivativeSpec.Defaults, TestContext.Current.CancellationToken);

        Assert.All(result.Derivatives, derivative => Assert.Equal((120, 80), (derivative.Facts.Width, derivative.Facts.Height)));
    }

    [Fact]
    public void Render_SourceOfLowQuality_CapsTheQuality()
    {
        var source = TestPicture.Encode(800, 600, 3, "jpegsave_buffer", save => save.Set("Q", 60));

        using var result = _renderer.Render(source, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);

        Assert.Equal(60, result.Facts.Quality);
        Assert.All(result.Derivatives, derivative => Assert.Equal(60, derivative.Facts.Quality));
    }
}
