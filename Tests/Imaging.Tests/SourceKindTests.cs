using ImageLibrary.Core;
using ImageLibrary.Imaging;
using ImageLibrary.Imaging.Vips;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

/// <summary>Sources beyond plain RGB: RAW previews, copies, several pages, inks, deep samples, palettes, facts.</summary>
public sealed class SourceKindTests
{
    private readonly ImageRenderer _renderer = new();

    [Fact]
    public void Render_RawFile_ShowsTheLargestPreview()
    {
        var small = TestPicture.Encode(160, 120, 3, "jpegsave_buffer");
        var large = TestPicture.Encode(1200, 801, 3, "jpegsave_buffer");
        var kinds = 0;
        foreach (var (format, file) in TestRaw.All(small, large, small))
        {
            using var result = Render(file);

            var turned = format != "raf";
            Assert.Equal((format, turned ? 801 : 1200), (result.Facts.Format, result.Facts.Width));
            Assert.Equal(turned, result.Facts.Camera is { Length: > 3 });
            Assert.All(result.Derivatives, derivative => Assert.False(derivative.MatchesSource, format));
            Assert.True(_renderer.IsRisky(file), format);
            kinds++;
        }

        Assert.Equal(8, kinds);
    }

    [Fact]
    public void Render_RawFileWithoutPreview_IsNoPreview()
    {
        var cut = TestPicture.Encode(160, 120, 3, "jpegsave_buffer")[..^40];
        foreach (var (format, file) in TestRaw.All(cut))
        {
            var failure = Assert.Throws<SourceException>(() => Render(file).Dispose()).Failure;
            Assert.True(failure.Class == FailureClass.NoPreview, format);
        }
    }

    [Fact]
    public void Render_JpegThatFits_IsCopiedWithoutItsMetadata()
    {
        var plain = TestPicture.Encode(640, 480, 3, "jpegsave_buffer", save => save.Set("Q", 93).Set("keep", 0));
        byte[] comment = [0xFF, 0xFE, 0, 8, .. "secret"u8];
        var source = TestPicture.Turned([.. plain.AsSpan(0, 2), .. comment, .. plain.AsSpan(2), .. "appended film"u8], 1);

        using var result = Render(source);

        Assert.Equal(plain, result.Derivatives[1].Content.Memory.ToArray());
        Assert.Equal(new DerivativeFacts(640, 480, "jpeg", result.Facts.Quality!.Value), result.Derivatives[1].Facts);
        Assert.Equal([false, true], result.Derivatives.Select(derivative => derivative.MatchesSource));
    }

    /// <summary>16×16 gray pixels, coded arithmetically.</summary>
    [Fact]
    public void Render_ArithmeticJpegThatFits_IsEncodedAsBrowsersReadIt()
    {
        var source = System.Convert.FromBase64String(
            "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAUDBAQEAwUEBAQFBQUGBwwIBwcHBw8LCwkMEQ8SEhEPERETFhwXExQaFRERGCEYGh0dHx8fExciJCIeJBweHx7/"
            + "yQALCAAQABABAREA/8wABgAQEAX/2gAIAQEAAD8A/wDJeHTUGWYktcMDlPgI9r+w/bnvQMb7Bv/Z");

        using var result = Render(source);

        var copy = result.Derivatives[1].Content.Memory.Span;
        Assert.True(copy.IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) > 0);
        Assert.Equal(-1, copy.IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC9]));
        Assert.False(result.Derivatives[1].MatchesSource);
    }

    /// <summary>Readers that check them refuse such a file, though its pixels are whole.</summary>
    [Theory]
    [InlineData("IHDR")]
    [InlineData("IDAT")]
    public void Render_PngWithAWrongChecksumThatFits_IsEncodedAgain(string chunk)
    {
        var source = TestPicture.Encode(40, 30, 3, "pngsave_buffer", save => save.Set("keep", 0));
        var whole = source.ToArray();
        var at = source.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(chunk));
        source[at + 4 + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(source.AsSpan(at - 4))] ^= 1;
        DerivativeSpec[] specs = [new("any", 400, 400, "png", 85)];

        using var result = _renderer.Render(source, specs, TestContext.Current.CancellationToken);

        Assert.False(result.Derivatives[0].MatchesSource);
        using var again = _renderer.Render(result.Derivatives[0].Content.Memory.Span, specs, TestContext.Current.CancellationToken);
        Assert.True(again.Derivatives[0].MatchesSource);
        using var jpeg = Render(result.Derivatives[0].Content.Memory.ToArray());
        using var expected = Render(whole);
        Assert.Equal(expected.Derivatives[1].Content.Memory.ToArray(), jpeg.Derivatives[1].Content.Memory.ToArray());
    }

    [Theory]
    [InlineData("pngsave_buffer", "png", 3, 100)]
    [InlineData("pngsave_buffer", "png", 4, 100)]
    [InlineData("webpsave_buffer", "webp", 3, null)]
    [InlineData("webpsave_buffer", "webp", 4, null)]
    public void Render_OtherFormatThatFits_IsCopiedWithoutItsMetadata(string operation, string format, int bands, int? quality)
    {
        byte[] exif = [.. "Exif\0\0MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0];
        var plain = TestPicture.Encode(400, 300, bands, operation, save => save.Set("keep", 0));
        var source = TestPicture.Encode(400, 300, bands, operation, save => save.Set("keep", 31), image => image.SetBlob("exif-data", exif));
        Assert.True(source.Length > plain.Length);

        using var result = _renderer.Render(source, [new DerivativeSpec("any", 400, 400, format, 85)], TestContext.Current.CancellationToken);

        Assert.Equal(new DerivativeFacts(400, 300, format, quality), result.Derivatives[0].Facts);
        Assert.True(result.Derivatives[0].MatchesSource);
        var copy = result.Derivatives[0].Content.Memory.ToArray();
        Assert.Equal(-1, copy.AsSpan().IndexOf((ReadOnlySpan<byte>)[(byte)'M', (byte)'M', 0, 42]));
        Assert.True(copy.Length <= plain.Length + 18, $"{copy.Length} bytes, plain {plain.Length}");
        using var again = _renderer.Render(copy, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);
        using var before = Render(plain);
        Assert.Equal(before.Derivatives[1].Content.Memory.ToArray(), again.Derivatives[1].Content.Memory.ToArray());
    }

    [Theory]
    [InlineData(false, "acTL 0000000100000000")]
    [InlineData(false, "cICP 0C0D0001", "sRGB 00")]
    [InlineData(false, "gAMA 000186A0")]
    [InlineData(false, "cHRM 00007A260000808400010000000080E8000075300000EA6000003A9800001770")]
    [InlineData(true, "gAMA 0000B18F", "cHRM 00007A26000080840000FA00000080E8000075300000EA6000003A9800001770")]
    [InlineData(true, "sRGB 00", "gAMA 000186A0")]
    [InlineData(true, "tIME 07EA0B1B000000")]
    public void Render_PngThatViewersMayShowOtherwise_DoesNotMatchItsCopy(bool matches, params string[] chunks)
    {
        var still = TestPicture.Encode(40, 30, 3, "pngsave_buffer", save => save.Set("keep", 0));
        var more = chunks.SelectMany(chunk => BadContainers.Chunk(chunk[..4], System.Convert.FromHexString(chunk[5..])));
        byte[] source = [.. still.AsSpan(0, 33), .. more, .. still.AsSpan(33)];
        DerivativeSpec[] specs = [new("any", 400, 400, "png", 85)];
        using var expected = _renderer.Render(still, specs, TestContext.Current.CancellationToken);

        using var result = _renderer.Render(source, specs, TestContext.Current.CancellationToken);

        Assert.Equal(expected.Derivatives[0].Content.Memory.ToArray(), result.Derivatives[0].Content.Memory.ToArray());
        Assert.Equal((true, matches), (expected.Derivatives[0].MatchesSource, result.Derivatives[0].MatchesSource));
    }

    [Theory]
    [InlineData(6, 93, 640)]
    [InlineData(1, 93, 2000)]
    public void Render_JpegTurnedOrTooLarge_IsEncoded(int orientation, int quality, int width)
    {
        var plain = TestPicture.Encode(width, 480, 3, "jpegsave_buffer", save => save.Set("Q", quality));

        using var result = Render(TestPicture.Turned(plain, orientation));

        Assert.Equal(85, result.Derivatives[1].Facts.Quality);
    }

    [Theory]
    [InlineData("tiffsave_buffer")]
    [InlineData("gifsave_buffer")]
    [InlineData("webpsave_buffer")]
    public void Render_SeveralPages_ShowsTheFirstAndSaysSo(string operation)
    {
        var source = TestPicture.Encode(120, 240, 3, operation, metadata: image => image.SetInteger("page-height", 80));

        using var result = Render(source);

        Assert.Equal((120, 80, true), (result.Facts.Width, result.Facts.Height, result.Facts.Animated));
        Assert.Equal((120, 80), (result.Derivatives[1].Facts.Width, result.Derivatives[1].Facts.Height));
    }

    [Theory]
    [InlineData("rgb16", "pngsave_buffer")]
    [InlineData("rgb16", "tiffsave_buffer")]
    [InlineData("grey16", "pngsave_buffer")]
    [InlineData("cmyk", "jpegsave_buffer")]
    [InlineData("cmyk", "tiffsave_buffer")]
    [InlineData("palette", "pngsave_buffer")]
    [InlineData("bilevel", "tiffsave_buffer")]
    public void Render_OtherSamples_LookAlike(string samples, string operation)
    {
        using var plain = Render(TestPicture.Encode(400, 300, samples is "grey16" or "bilevel" ? 1 : 3, "pngsave_buffer"));
        var source = TestPicture.Encode(400, 300, samples is "grey16" or "bilevel" ? 1 : 3, operation, save =>
        {
            if (samples == "palette")
            {
                save.Set("palette", 1);
            }
            else if (samples == "bilevel")
            {
                save.Set("bitdepth", 4);
            }
        }, convert: image => samples switch
        {
            "rgb16" => Convert(image, 25),
            "grey16" => Convert(image, 26),
            "cmyk" => new VipsOperation("icc_export").Set("in", Convert(image, 13)).Set("output_profile", "cmyk").Set("intent", 1).Image(),
            _ => null,
        });

        using var result = Render(source);

        var psnr = Quality.Psnr(Luma(plain), Luma(result));
        Assert.True(psnr > 28, $"PSNR {psnr:0.0}");
    }

    [Fact]
    public void Render_JpegWithExif_ReportsCameraTimeAndProfile()
    {
        var tiff = TestRaw.Tiff([(0x010F, "Canon"), (0x0110, "Canon EOS R5"), (0x0112, 1), (0x0132, "2024:07:06 05:04:03")]);
        var plain = TestPicture.WithProfile(TestPicture.Encode(100, 80, 3, "jpegsave_buffer"), "p3");
        byte[] source = [.. plain.AsSpan(0, 2), 0xFF, 0xE1, 0, (byte)(tiff.Length + 8), .. "Exif\0\0"u8, .. tiff, .. plain.AsSpan(2)];

        using var result = Render(source);

        Assert.Equal(("Canon EOS R5", new DateTime(2024, 7, 6, 5, 4, 3)), (result.Facts.Camera, result.Facts.TakenAt));
        Assert.NotNull(result.Facts.Profile);
    }

    [Theory]
    [InlineData("BMP", new byte[] { (byte)'B', (byte)'M', 0, 0, 0, 0 })]
    [InlineData("HEIC", new byte[] { 0, 0, 0, 24, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'h', (byte)'e', (byte)'i', (byte)'c', 0, 0, 0, 0 })]
    public void Render_FormatWithoutDecoder_IsUnsupportedByName(string name, byte[] source)
    {
        var failure = Assert.Throws<SourceException>(() => Render(source).Dispose()).Failure;

        Assert.Equal(FailureClass.Unsupported, failure.Class);
        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
    }

    private static VipsImage Convert(VipsImage image, int space)
    {
        using var convert = new VipsOperation("colourspace").Set("in", image).Set("space", space);
        return convert.Image();
    }

    private static double[,] Luma(RenderResult result) => Quality.Luma(result.Derivatives[0].Content.Memory.Span);

    private RenderResult Render(byte[] source) =>
        _renderer.Render(source, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);
}
