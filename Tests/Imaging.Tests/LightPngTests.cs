using System.Text;
using ImageLibrary.Core;
using ImageLibrary.Imaging;
using ImageLibrary.Imaging.Png;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

public sealed class LightPngTests
{
    [Fact]
    public void Render_TextsThatUnpackToMuch_ShowsThePictureAsWithoutThem()
    {
        // 16 bits go through libvips, which must still see profile and orientation.
        var plain = TestPicture.Encode(
            300, 200, 3, "pngsave_buffer", save => save.Set("bitdepth", 16),
            image =>
            {
                image.SetInteger("orientation", 6);
                image.SetBlob("icc-profile-data", TestProfile.AdobeRgb());
            });
        var renderer = new ImageRenderer();

        using var expected = renderer.Render(plain, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);
        using var result = renderer.Render(BadContainers.WithTexts(plain, 3), DerivativeSpec.Defaults, TestContext.Current.CancellationToken);

        Assert.Equal(6, result.Facts.Orientation);
        Assert.Equal(expected.Facts, result.Facts);
        Assert.False(result.Damaged);
        Assert.Equal(expected.Derivatives[1].Content.Memory.ToArray(), result.Derivatives[1].Content.Memory.ToArray());
        Assert.Equal(
            renderer.Estimate(plain, DerivativeSpec.Defaults).PeakBytes + BadContainers.WithTexts(plain, 3).Length,
            renderer.Estimate(BadContainers.WithTexts(plain, 3), DerivativeSpec.Defaults).PeakBytes);
    }

    [Fact]
    public void Of_OrdinaryTextsAndProfile_IsNotNeeded()
    {
        var plain = TestPicture.Encode(
            300, 200, 3, "pngsave_buffer", settings: null, image => image.SetBlob("icc-profile-data", TestProfile.AdobeRgb()));
        byte[] text = BadContainers.Chunk("tEXt", Encoding.ASCII.GetBytes("parameters\0" + new string('a', 100_000)));
        byte[] file = [.. plain.AsSpan(0, 33), .. text, .. plain.AsSpan(33)];

        Assert.Null(LightPng.Of(file));
        Assert.Null(LightPng.ToOpen(file));
    }

    [Fact]
    public void Of_HeavyFile_KeepsOneOfEachChunkThatTellsHowItIsShown()
    {
        var plain = TestPicture.Encode(300, 200, 3, "pngsave_buffer", save => save.Set("keep", 0));
        byte[] gamma = BadContainers.Chunk("gAMA", [0, 0, 0xB1, 0x8F]);
        byte[] heavy = BadContainers.WithTexts([.. plain.AsSpan(0, 33), .. gamma, .. gamma, .. plain.AsSpan(33)], 1);

        using var light = LightPng.Of(heavy);

        byte[] content = LightPngContent(light!);
        byte[] expected = [.. plain.AsSpan(0, 33), .. gamma, .. plain.AsSpan(plain.AsSpan().IndexOf("IDAT"u8) - 4)];
        Assert.Equal(expected, content);
    }

    [Fact]
    public void IsRisky_WebPThatClaimsMuchMetadata_GoesToAnotherProcess()
    {
        var renderer = new ImageRenderer();
        byte[] head = [.. "RIFF"u8, 0xFF, 0xFF, 0xFF, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0x20, .. new byte[9], .. "ICCP"u8];

        Assert.True(renderer.IsRisky([.. head, 0, 0, 0x90, 0, .. new byte[100]]));
        Assert.False(renderer.IsRisky([.. head, 0, 0, 0x70, 0, .. new byte[100]]));
    }

    private static unsafe byte[] LightPngContent(LightPng light) => new ReadOnlySpan<byte>(light.Pointer, light.Length).ToArray();
}
