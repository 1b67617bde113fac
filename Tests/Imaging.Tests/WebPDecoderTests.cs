using ImageLibrary.Core;
using ImageLibrary.Imaging;
using ImageLibrary.Imaging.Planes;
using ImageLibrary.Imaging.Png;
using ImageLibrary.Imaging.Vips;
using ImageLibrary.Imaging.WebP;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

public sealed unsafe class WebPDecoderTests
{
    [Theory]
    [InlineData(400, 300)]
    [InlineData(131, 67)]
    public void TryDecode_AtItsOwnSize_GivesTheColoursOfLibvips(int width, int height)
    {
        var file = TestPicture.Encode(width, height, 3, "webpsave_buffer", save => save.Set("Q", 90));
        Assert.True(WebPDecoder.CanDecode(file, width, height));
        using var decoded = WebPDecoder.TryDecode(file, width, height, TestPicture.Pool);
        using var planes = PlanarScaler.Scale(decoded!, new ScaleTarget(width, height, ChromaSampling.Full, default), TestPicture.Pool);
        fixed (byte* data = file)
        {
            using var loaded = VipsLoader.Open(data, file.Length, "webp", shrink: 1, VipsLoader.FailOn.None);
            using var samples = loaded.CopyMemory();
            using var expected = RgbConverter.ToPlanes(samples.Data, width, height, 3, TestPicture.Pool);
            for (var i = 0; i < 3; i++)
            {
                var (sum, farthest) = (0.0, 0);
                for (var y = 0; y < height; y++)
                {
                    for (var x = 0; x < width; x++)
                    {
                        var difference = planes.Planes[i].RowSpan(y)[x] - expected.Planes[i].RowSpan(y)[x];
                        sum += difference;
                        farthest = Math.Max(farthest, Math.Abs(difference));
                    }
                }

                // Chroma is enlarged by different filters, so single samples differ at edges.
                Assert.InRange(sum / (width * height), -0.5, 0.5);
                Assert.InRange(farthest, 0, i == 0 ? 3 : 24);
            }
        }
    }

    [Fact]
    public void CanDecode_TransparentLosslessAnimatedOrOfAnotherSize_IsLeftToLibvips()
    {
        Assert.False(WebPDecoder.CanDecode(TestPicture.Encode(64, 48, 4, "webpsave_buffer"), 64, 48));
        Assert.False(WebPDecoder.CanDecode(TestPicture.Encode(64, 48, 3, "webpsave_buffer", save => save.Set("lossless", 1)), 64, 48));
        Assert.False(WebPDecoder.CanDecode(
            TestPicture.Encode(64, 96, 3, "webpsave_buffer", metadata: image => image.SetInteger("page-height", 32)), 64, 32));
        Assert.False(WebPDecoder.CanDecode(TestPicture.Encode(64, 48, 3, "webpsave_buffer"), 65, 48));
    }

    /// <summary>The rows above the cut are those of the whole file, on white; the others are gray.</summary>
    [Theory]
    [InlineData(3, 0)]
    [InlineData(3, 1)]
    [InlineData(4, 0)]
    [InlineData(4, 1)]
    public void Render_Truncated_ShowsTheRowsThatAreThere(int bands, int lossless)
    {
        var file = TestPicture.Encode(400, 300, bands, "webpsave_buffer", save => save.Set("lossless", lossless));
        var renderer = new ImageRenderer();
        DerivativeSpec[] specs = [new("any", 400, 400, "png", 85)];
        using var whole = renderer.Render(file, specs, TestContext.Current.CancellationToken);
        using var cut = renderer.Render(file.AsSpan(0, file.Length * 9 / 10), specs, TestContext.Current.CancellationToken);

        Assert.True(cut.Damaged);
        using var expected = Planes(whole.Derivatives[0].Content.Memory.ToArray());
        using var actual = Planes(cut.Derivatives[0].Content.Memory.ToArray());
        var present = Enumerable.Range(0, 300).TakeWhile(y => Difference(expected, actual, y) < 3).Count();
        Assert.InRange(present, 200, 299);
        Assert.True(actual.Planes[0].RowSpan(299).IndexOfAnyExceptInRange((byte)125, (byte)132) < 0);
    }

    private static double Difference(PlanarPicture one, PlanarPicture other, int y)
    {
        var a = one.Planes[0].RowSpan(y);
        var b = other.Planes[0].RowSpan(y);
        var sum = 0.0;
        for (var x = 0; x < a.Length; x++)
        {
            sum += Math.Abs(a[x] - b[x]);
        }

        return sum / a.Length;
    }

    private static PlanarPicture Planes(byte[] png) => PngDecoder.TryDecode(png, PngHeader.Read(png)!, TestPicture.Pool)!;

    [Fact]
    public void TryDecode_Truncated_GivesNothing()
    {
        var file = TestPicture.Encode(400, 300, 3, "webpsave_buffer");
        using var planes = WebPDecoder.TryDecode(file.AsSpan(0, file.Length / 2), 400, 300, TestPicture.Pool);
        Assert.Null(planes);
    }
}
