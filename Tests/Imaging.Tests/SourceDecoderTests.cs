using ImageLibrary.Imaging;
using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Jpeg.Progressive;
using ImageLibrary.Imaging.Pipeline;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

public sealed class SourceDecoderTests
{
    /// <summary>TurboJPEG would not ask, so this also tells that decoders of our own read these files.</summary>
    [Theory]
    [InlineData(0, 320)]
    [InlineData(1, 320)]
    [InlineData(0, 32)]
    [InlineData(1, 32)]
    public void Decode_CancelledJpeg_StopsInsideThePicture(int interlace, int width)
    {
        Assert.SkipUnless(ProgressiveDecoder.IsSupported, "This processor lacks the instructions; its JPEGs are decoded by TurboJPEG.");
        var jpeg = TestPicture.Encode(320, 240, 3, "jpegsave_buffer", save => save.Set("interlace", interlace));
        var pool = new NativeBufferPool(0);
        var header = new SourceInspector(new RenderLimits()).Inspect(jpeg);

        Assert.Throws<OperationCanceledException>(() => new SourceDecoder(pool).Decode(
            jpeg, header, width, width * 3 / 4, keepsAlpha: false, targets: [], new CancellationToken(canceled: true)));
        Assert.Equal(0, pool.RentedBytes);
    }
}
