using CsCheck;
using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Jpeg;
using ImageLibrary.Imaging.Jpeg.Baseline;
using ImageLibrary.Imaging.Metadata;
using ImageLibrary.Imaging.Pipeline;
using ImageLibrary.Imaging.Planes;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

/// <summary>Chroma that is made smaller than luma.</summary>
public sealed class JpegScaleTests
{
    private readonly NativeBufferPool _pool = new(1 << 20);

    [Fact]
    public void TryDecode_ChromaSmaller_GivesEachPlaneAsAtItsOwnSize() =>
        Gen.Select(Gen.Int[1, 150], Gen.Int[1, 150], Gen.Int[0, 4], Gen.Bool, Gen.Int[0, 2]).Sample((width, height, kind, progressive, sizes) =>
        {
            var scale = sizes switch { 0 => new JpegScale(8, 4), 1 => new JpegScale(8, 2), _ => new JpegScale(4, 2) };
            var jpeg = progressive
                ? TestPicture.Encode(width, height, 3, "jpegsave_buffer", save => save.Set("interlace", 1).Set("subsample_mode", kind % 2 + 1))
                : Quality.EncodeSampled(width, height, TurboJpegSampling.All[kind < 3 ? kind : kind + 1]);
            using var both = Decode(scale);
            using var luma = Decode(JpegScale.Of(scale.Luma));
            using var chroma = Decode(JpegScale.Of(scale.Chroma));

            Assert.Equal(
                [.. PlaneSamples.Of(luma)[..RowsOfLuma(luma)], .. PlaneSamples.Of(chroma)[RowsOfLuma(chroma)..]], PlaneSamples.Of(both));

            PlanarPicture Decode(JpegScale size)
            {
                var picture = progressive
                    ? WholeJpeg.Progressive(jpeg, size, _pool, TestContext.Current.CancellationToken)
                    : WholeJpeg.Baseline(jpeg, size, _pool, TestContext.Current.CancellationToken);
                Assert.NotNull(picture);
                return picture;
            }
        }, iter: 200);

    [Theory]
    [InlineData("4:2:0", 400, 2, 8, 4)]
    [InlineData("4:2:0", 400, 1, 8, 8)]
    [InlineData("4:2:0", 500, 2, 8, 8)]
    [InlineData("4:2:0", 350, 2, 4, 4)]
    [InlineData("4:4:4", 800, 2, 8, 4)]
    [InlineData("4:4:4", 1000, 2, 8, 8)]
    [InlineData("4:4:4", 350, 2, 4, 2)]
    [InlineData("4:4:4", 200, 2, 2, 2)]
    [InlineData("4:4:0", 400, 2, 8, 4)]
    [InlineData("4:1:1", 350, 2, 8, 8)]
    public void PlaneScale_AnySampling_LeavesEnoughOfChromaToTheFilter(string sampling, int side, int step, int luma, int chroma)
    {
        var header = JpegHeader.Read(QualityTests.Source(sampling, 1120, 1120))!;
        var target = new ScaleTarget(side, side, new ChromaSampling(step, step), Orientation.FromExif(6));

        var eighths = JpegReduction.PlaneEighths(header, side, side);

        Assert.Equal(new JpegScale(luma, chroma), JpegReduction.PlaneScale(header, eighths, [target]));
        Assert.Equal(JpegScale.Of(luma), JpegReduction.PlaneScale(header, eighths, []));
        Assert.Equal(JpegScale.Of(luma), JpegReduction.PlaneScale(header, eighths, [target with { FineColours = true }]));
        Assert.Equal(JpegScale.Of(luma), JpegReduction.PlaneScale(header, eighths, [target, target with { Sampling = ChromaSampling.Full }]));
    }

    /// <summary>What the renderer decodes at half size, against the full one, on rectangles of many colours; as both are written.</summary>
    [Theory]
    [InlineData("4:2:0", 2.75, 85, 0.3)]
    [InlineData("4:2:0", 2.9, 90, 0.5)]
    [InlineData("4:2:2", 2.8, 85, 0.3)]
    [InlineData("4:4:4", 1.4, 85, 0.5)]
    [InlineData("4:4:4", 1.4, 90, 0.7)]
    [InlineData("4:4:4", 2.9, 90, 0.3)]
    public void Finish_ChromaOfHardEdgesAtHalfSize_LosesLittle(string sampling, double ratio, int quality, double most)
    {
        const int Width = 1203;
        const int Height = 901;
        var jpeg = QualityTests.Source(sampling, Width, Height, TestPicture.HardColours(Width, Height));
        var target = new ScaleTarget((int)(Width / ratio), (int)(Height / ratio), ChromaSampling.Quarter, default);
        using var half = Encoded(new JpegScale(8, 4));
        using var full = Encoded(JpegScale.Of(8));
        for (var plane = 1; plane <= 2; plane++)
        {
            var reference = Quality.Reference(jpeg, orientation: 1, target.Width, target.Height, plane);
            var (psnr, fullPsnr) = (
                Quality.Psnr(Quality.Plane(half.Memory.Span, plane), reference), Quality.Psnr(Quality.Plane(full.Memory.Span, plane), reference));
            Assert.True(psnr > fullPsnr - most, $"plane {plane}: PSNR {psnr:0.00}, at full size {fullPsnr:0.00}");
        }

        NativeContent Encoded(JpegScale scale)
        {
            using var pictures = new ScaledPictures([target], _pool);
            Assert.True(BaselineDecoder.TryDecode(jpeg, scale, pictures, _pool, TestContext.Current.CancellationToken));
            using var picture = pictures.Finish()[0];
            return TurboJpegEncoder.Encode(picture, quality, _pool);
        }
    }

    private static int RowsOfLuma(PlanarPicture picture) => (int)Math.Ceiling(picture.Height);
}
