using ImageLibrary.Imaging.Planes;
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
        using var planes = PlanarScaler.Scale(decoded!, width, height, ChromaSampling.Full, default, TestPicture.Pool);
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

    [Fact]
    public void TryDecode_Truncated_GivesNothing()
    {
        var file = TestPicture.Encode(400, 300, 3, "webpsave_buffer");
        using var planes = WebPDecoder.TryDecode(file.AsSpan(0, file.Length / 2), 400, 300, TestPicture.Pool);
        Assert.Null(planes);
    }
}
