using ImageLibrary.Core;
using ImageLibrary.Imaging;
using ImageLibrary.Imaging.Magick;
using ImageLibrary.Imaging.Vips;
using ImageMagick;
using Xunit;

namespace ImageLibrary.Tests.Imaging.Magick;

/// <summary>ImageMagick's renderer, held against ours; only where the program is built with OfficialMagick.</summary>
public sealed class MagickRendererTests
{
    private readonly ImageRenderer _ours = new();
    private readonly MagickRenderer _renderer = new();

    [Theory]
    [InlineData("jpegsave_buffer", 3)]
    [InlineData("jpegsave_buffer", 1)]
    [InlineData("pngsave_buffer", 3)]
    [InlineData("pngsave_buffer", 4)]
    [InlineData("pngsave_buffer", 1)]
    [InlineData("webpsave_buffer", 3)]
    [InlineData("webpsave_buffer", 4)]
    [InlineData("tiffsave_buffer", 3)]
    [InlineData("gifsave_buffer", 3)]
    [InlineData("heifsave_buffer", 3)]
    public void Render_EachSourceFormat_LooksLikeOurs(string operation, int bands) =>
        AssertLikeOurs(TestPicture.Encode(800, 601, bands, operation, save => Quick(save, operation)));

    [Theory]
    [InlineData(100, 10, true)]
    [InlineData(99, 10, false)]
    [InlineData(100, 9, false)]
    public void Render_BeyondALimitThatWasGiven_IsTooLarge(long maxPixels, int maxSide, bool fits)
    {
        var renderer = new MagickRenderer(maxPixels, maxSide);
        var source = TestBmp.Encode(10, 10, 24);
        var failure = Record.Exception(() => renderer.Render(source, DerivativeSpec.Defaults, TestContext.Current.CancellationToken).Dispose());

        Assert.Equal(fits ? null : FailureClass.TooLarge, (failure as SourceException)?.Failure.Class);
        Assert.Equal(fits, Record.Exception(() => renderer.Estimate(source, DerivativeSpec.Defaults)) is null);
        Assert.NotNull(renderer.Inspect(source));
    }

    [Fact]
    public void Render_Bitmap_LooksLikeOurs()
    {
        var bitmap = TestBmp.Encode(400, 301, 24);
        AssertLikeOurs(bitmap);
        AssertLikeOurs([.. bitmap, .. "appended"u8]);
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
    [InlineData(9)]
    public void Render_Turned_IsUprightLikeOurs(int orientation) => AssertLikeOurs(
        TestPicture.Turned(TestPicture.Encode(700, 401, 3, "jpegsave_buffer", save => save.Set("keep", 0)), orientation));

    [Theory]
    [InlineData("pngsave_buffer")]
    [InlineData("webpsave_buffer")]
    [InlineData("tiffsave_buffer")]
    public void Render_OtherFormatTurned_IsUprightLikeOurs(string operation) =>
        AssertLikeOurs(TestPicture.Encode(300, 401, 3, operation, metadata: image => image.SetInteger("orientation", 6)));

    [Theory]
    [InlineData("rgb16", "pngsave_buffer")]
    [InlineData("rgb16", "tiffsave_buffer")]
    [InlineData("grey16", "pngsave_buffer")]
    [InlineData("cmyk", "jpegsave_buffer")]
    [InlineData("cmyk", "tiffsave_buffer")]
    [InlineData("palette", "pngsave_buffer")]
    public void Render_OtherSamples_LookLikeOurs(string samples, string operation) => AssertLikeOurs(TestPicture.Encode(
        400, 300, samples == "grey16" ? 1 : 3, operation, save => _ = samples == "palette" ? save.Set("palette", 1) : save, convert: image => samples switch
        {
            "rgb16" => Convert(image, 25),
            "grey16" => Convert(image, 26),
            "cmyk" => Inks(image),
            _ => null,
        }));

    [Fact]
    public void Render_WideColours_LookLikeOurs() => AssertLikeOurs(TestPicture.WithProfile(TestPicture.Encode(600, 400, 3, "jpegsave_buffer"), "p3"));

    /// <summary>Which inks are meant is a guess, and ours is another.</summary>
    [Theory]
    [InlineData("jpegsave_buffer")]
    [InlineData("tiffsave_buffer")]
    public void Render_InksWithoutProfile_LookMuchLikeOurs(string operation) =>
        AssertLikeOurs(TestPicture.Encode(400, 300, 3, operation, save => save.Set("keep", 0), convert: Inks), tolerance: 16);

    [Fact]
    public void Render_SourceWithFullChroma_IsWrittenWithAQuarter()
    {
        using var result = Render(TestPicture.Encode(800, 600, 3, "jpegsave_buffer", save => save.Set("subsample_mode", 2)));

        var chroma = Quality.Plane(result.Derivatives[0].Content.Memory.Span, 1);
        Assert.Equal((150, 113), (chroma.GetLength(1), chroma.GetLength(0)));
    }

    [Theory]
    [InlineData("tiffsave_buffer")]
    [InlineData("gifsave_buffer")]
    [InlineData("webpsave_buffer")]
    public void Render_SeveralPages_ShowsTheFirstAndSaysSo(string operation)
    {
        var source = TestPicture.Encode(120, 240, 3, operation, metadata: image => image.SetInteger("page-height", 80));

        AssertLikeOurs(source);
        Assert.True(_renderer.Estimate(source, DerivativeSpec.Defaults).Facts.Animated);
    }

    [Fact]
    public void Render_SmallFirstFrame_ShowsTheWholeCanvas()
    {
        using var frame = new MagickImage(MagickColors.Red, 40, 30) { Format = MagickFormat.Gif, Page = new MagickGeometry(20, 10, 100, 80) };

        using var result = Render(frame.ToByteArray());

        Assert.Equal((100, 80), (result.Facts.Width, result.Facts.Height));
        using var made = new MagickImage(result.Derivatives[1].Content.Memory.ToArray());
        Assert.Equal((100, 80), ((int)made.Width, (int)made.Height));
        var samples = Samples(made);
        Assert.True(samples[0] > 250 && samples[1] > 250, "The canvas is white.");
        Assert.True(samples[(25 * 100 + 40) * 3] > 240 && samples[(25 * 100 + 40) * 3 + 1] < 10, "The frame lies at its place.");
    }

    [Theory]
    [InlineData(MagickFormat.Jp2, "jp2")]
    [InlineData(MagickFormat.J2k, "jp2")]
    [InlineData(MagickFormat.Jxl, "jxl")]
    public void Render_FormatThatOursLacks_LooksLikeThePicture(MagickFormat format, string name)
    {
        var plain = TestPicture.Encode(500, 400, 3, "pngsave_buffer");
        using var picture = new MagickImage(plain) { Format = format, Quality = 100 };
        using var expected = Render(plain);

        using var result = Render(picture.ToByteArray());

        Assert.Equal((name, 500, 400), (result.Facts.Format, result.Facts.Width, result.Facts.Height));
        AssertAlike(expected, result);
    }

    [Theory]
    [InlineData("jpeg")]
    [InlineData("png")]
    [InlineData("webp")]
    [InlineData("avif")]
    public void Render_EachOutputFormat_IsOfThatFormatWithoutMetadata(string format)
    {
        var plain = TestPicture.WithProfile(TestPicture.Turned(TestPicture.Encode(640, 480, 3, "jpegsave_buffer", save => save.Set("keep", 0)), 1), "p3");
        byte[] source = [.. plain.AsSpan(0, 2), 0xFF, 0xFE, 0, 8, .. "secret"u8, .. plain.AsSpan(2)];

        using var result = _renderer.Render(source, [new DerivativeSpec("any", 300, 300, format, 70)], TestContext.Current.CancellationToken);

        var file = result.Derivatives[0].Content.Memory.Span;
        Assert.Equal(new DerivativeFacts(300, 225, format, format == "png" ? 100 : 70), result.Derivatives[0].Facts);
        Assert.Equal(new DerivativeFacts(300, 225, format, format switch { "jpeg" => 70, "png" => 100, _ => null }), _renderer.Inspect(file));
        Assert.Equal(_renderer.Inspect(file), _ours.Inspect(file));
        foreach (var trace in (string[])["Exif", "EXIF", "eXIf", "ICC", "iCCP", "secret", "tEXt", "tIME"])
        {
            Assert.True(file.IndexOf(System.Text.Encoding.ASCII.GetBytes(trace)) < 0, trace);
        }
    }

    [Fact]
    public void Render_SourceOfLowQuality_CapsTheQuality()
    {
        using var result = Render(TestPicture.Encode(800, 600, 3, "jpegsave_buffer", save => save.Set("Q", 60)));

        Assert.Equal(60, result.Facts.Quality);
        Assert.All(result.Derivatives, derivative => Assert.Equal(60, _ours.Inspect(derivative.Content.Memory.Span)!.Quality));
    }

    [Fact]
    public void Thumbhash_OfASmallestDerivative_IsTheResults()
    {
        using var result = Render(TestPicture.Encode(800, 600, 4, "pngsave_buffer"));

        Assert.Equal(result.Thumbhash, _renderer.Thumbhash(result.Derivatives[0].Content.Memory.Span));
    }

    [Fact]
    public void Render_JpegWithExif_ReportsCameraTimeAndProfile()
    {
        var tiff = TestRaw.Tiff([(0x010F, "Nikon"), (0x0110, "D850"), (0x0112, 1), (0x0132, "2024:07:06 05:04:03")]);
        var plain = TestPicture.WithProfile(TestPicture.Encode(100, 80, 3, "jpegsave_buffer", save => save.Set("keep", 0)), "p3");
        byte[] source = [.. plain.AsSpan(0, 2), 0xFF, 0xE1, 0, (byte)(tiff.Length + 8), .. "Exif\0\0"u8, .. tiff, .. plain.AsSpan(2)];

        using var result = Render(source);

        Assert.Equal(("Nikon D850", new DateTime(2024, 7, 6, 5, 4, 3)), (result.Facts.Camera, result.Facts.TakenAt));
        Assert.NotNull(result.Facts.Profile);
    }

    [Fact]
    public void Render_TiffThatBeginsWithASmallPreview_IsUnsupported()
    {
        var preview = TestRaw.Tiff(
            [(0xFE, 1), (0x100, 2), (0x101, 2), (0x102, 8), (0x103, 1), (0x106, 1), (0x111, 8), (0x115, 1), (0x116, 2), (0x117, 4)]);

        var failure = Assert.Throws<SourceException>(() => Render(preview).Dispose()).Failure;

        Assert.Equal(FailureClass.Unsupported, failure.Class);
        Assert.Contains("RAW", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_AnyBadInput_IsShownOrFailsWithItsSentence()
    {
        foreach (var (kind, content) in BadInput.All())
        {
            var before = Environment.CpuUsage.TotalTime;
            try
            {
                using var result = Render(content);
                Assert.All(result.Derivatives, derivative => Assert.True(_ours.Inspect(derivative.Content.Memory.Span) is not null, kind));
            }
            catch (SourceException e)
            {
                BadInputTests.AssertSentence(kind, e.Failure);
            }

            var spent = Environment.CpuUsage.TotalTime - before;
            Assert.True(spent < BadInputTests.Deadline, $"{kind} took {spent}");
        }
    }

    [Theory]
    [InlineData("empty", FailureClass.Empty)]
    [InlineData("text", FailureClass.Unsupported)]
    [InlineData("svg", FailureClass.Unsupported)]
    [InlineData("pdf", FailureClass.Unsupported)]
    [InlineData("jpeg cut at 10 %", FailureClass.Truncated)]
    [InlineData("png cut at 10 %", FailureClass.Truncated)]
    [InlineData("bitmap cut at 10 %", FailureClass.Truncated)]
    [InlineData("png beyond the side limit", FailureClass.TooLarge)]
    [InlineData("png beyond the pixel limit", FailureClass.TooLarge)]
    public void Render_KnownKind_HasItsClass(string kind, FailureClass expected)
    {
        var content = BadInput.All().First(item => item.Kind == kind).Content;

        Assert.Equal(expected, Assert.Throws<SourceException>(() => Render(content).Dispose()).Failure.Class);
        Assert.Null(_renderer.Inspect(content));
    }

    [Theory]
    [InlineData("jpeg cut at 80 %", true)]
    [InlineData("png with byte 580 flipped", true)]
    [InlineData("jpeg with a profile of noise", false)]
    [InlineData("jpeg with parts of a profile missing", false)]
    public void Render_MostOfThePictureRemains_IsShown(string kind, bool damaged)
    {
        using var result = Render(BadInput.All().First(item => item.Kind == kind).Content);

        Assert.Equal(damaged, result.Damaged);
    }

    [Theory]
    [InlineData("jpegsave_buffer")]
    [InlineData("pngsave_buffer")]
    [InlineData("webpsave_buffer")]
    public void Inspect_FileThatEndsEarly_IsNoPicture(string operation)
    {
        var file = TestPicture.Encode(300, 200, 3, operation);

        Assert.NotNull(_renderer.Inspect(file));
        Assert.Null(_renderer.Inspect(file.AsSpan(0, file.Length - 40)));
    }

    [Fact]
    public void Render_Cancelled_EndsTheCall() => Assert.Throws<OperationCanceledException>(
        () => _renderer.Render(TestPicture.Encode(300, 200, 3, "jpegsave_buffer"), DerivativeSpec.Defaults, new CancellationToken(canceled: true)));

    /// <summary>Renders by both: the same facts and sizes, and colours that differ by what the decoders and filters do.</summary>
    private void AssertLikeOurs(byte[] source, double tolerance = 3)
    {
        using var expected = _ours.Render(source, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);
        using var result = Render(source);

        Assert.Equal(expected.Facts, result.Facts);
        Assert.Equal(expected.Facts with { Profile = null }, _renderer.Estimate(source, DerivativeSpec.Defaults).Facts with { Profile = null });
        Assert.False(result.Damaged);
        AssertAlike(expected, result, tolerance);
    }

    private static void AssertAlike(RenderResult expected, RenderResult result, double tolerance = 3)
    {
        foreach (var (wanted, made) in expected.Derivatives.Zip(result.Derivatives))
        {
            Assert.Equal((wanted.Kind, wanted.Facts), (made.Kind, made.Facts));
            using var a = new MagickImage(wanted.Content.Memory.ToArray());
            using var b = new MagickImage(made.Content.Memory.ToArray());
            Assert.Equal((made.Facts.Width, made.Facts.Height), ((int)b.Width, (int)b.Height));
            var (left, right) = (Samples(a), Samples(b));
            var difference = left.Zip(right, (x, y) => Math.Abs(x - y)).Average();
            Assert.True(difference < tolerance, $"mean difference {difference:0.00}");
        }
    }

    private static byte[] Samples(MagickImage image)
    {
        using var pixels = image.GetPixels();
        return pixels.ToByteArray(PixelMapping.RGB)!;
    }

    private static VipsOperation Quick(VipsOperation save, string operation) => operation switch
    {
        "gifsave_buffer" => save.Set("effort", 1),
        "heifsave_buffer" => save.Set("compression", 4).Set("effort", 0),
        _ => save,
    };

    private static VipsImage Convert(VipsImage image, int space)
    {
        using var convert = new VipsOperation("colourspace").Set("in", image).Set("space", space);
        return convert.Image();
    }

    private static VipsImage Inks(VipsImage image)
    {
        using var lab = Convert(image, 13);
        using var export = new VipsOperation("icc_export").Set("in", lab).Set("output_profile", "cmyk").Set("intent", 1);
        return export.Image();
    }

    private RenderResult Render(byte[] source) => _renderer.Render(source, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);
}
