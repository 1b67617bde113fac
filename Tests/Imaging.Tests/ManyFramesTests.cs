using ImageLibrary.Core;
using ImageLibrary.Imaging;
using ImageLibrary.Imaging.Metadata;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

/// <summary>Animations, of which only the first frame is shown.</summary>
public sealed class ManyFramesTests
{
    // Control, application data, comment, and one whose own block is empty.
    private static readonly byte[] Extensions =
    [
        0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0, 0x21, 0xFE, 2, 0x2C, 0x21, 1, 65, 0, 0x21, 1, 0, 0,
    ];

    // With colours of its own.
    private static readonly byte[] FrameWithColours =
        [.. BadContainers.GifFrame.AsSpan(0, 9), 0x81, .. Enumerable.Range(0, 12).Select(part => (byte)part), .. BadContainers.GifFrame.AsSpan(10)];

    [Theory]
    [InlineData(2)]
    [InlineData(1_000)]
    [InlineData(1_001)]
    [InlineData(100_000)]
    public void Render_Gif_IsAnimatedAndShowsTheFirstFrame(int frames)
    {
        var renderer = new ImageRenderer();
        byte[] first = [.. BadContainers.GifHeader, .. FrameWithColours, 0x3B];
        byte[] file = [.. first.AsSpan(0, first.Length - 1), .. BadContainers.Gif(frames - 1).AsSpan(BadContainers.GifHeader.Length)];

        using var result = renderer.Render(file, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);
        using var still = renderer.Render(first, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);

        Assert.True(result.Facts.Animated);
        Assert.False(result.Damaged);
        Assert.False(still.Facts.Animated);
        Assert.Equal(still.Derivatives[0].Content.Memory.ToArray(), result.Derivatives[0].Content.Memory.ToArray());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(9_900)]
    public void Render_WebP_IsAnimated(int frames)
    {
        using var result = new ImageRenderer().Render(
            BadContainers.WebP(frames, others: 0), DerivativeSpec.Defaults, TestContext.Current.CancellationToken);

        Assert.True(result.Facts.Animated);
    }

    [Fact]
    public void Estimate_WebPWithPaddingBehind_IsNotTakenForManyParts()
    {
        byte[] file = [.. BadContainers.WebP(2, others: 0), .. new byte[200_000]];

        Assert.True(new ImageRenderer().Estimate(file, DerivativeSpec.Defaults).Facts.Animated);
    }

    [Fact]
    public void EndOf_FramesOfAllKinds_IsBehindEach()
    {
        byte[] file = [.. BadContainers.GifHeader, .. Extensions, .. BadContainers.GifFrame, .. Extensions, .. FrameWithColours, 0x3B];
        var first = BadContainers.GifHeader.Length + Extensions.Length + BadContainers.GifFrame.Length;

        Assert.Equal(first, GifFrames.EndOf(file, 1));
        Assert.Equal(file.Length - 1, GifFrames.EndOf(file, 2));
        Assert.Equal(file.Length, GifFrames.EndOf(file, 3));
        Assert.All(Enumerable.Range(0, first), length => Assert.Equal(length, GifFrames.EndOf(file.AsSpan(0, length), 1)));
    }
}
