using CsCheck;
using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Jpeg;
using ImageLibrary.Imaging.Jpeg.Baseline;
using ImageLibrary.Imaging.Jpeg.Progressive;
using ImageLibrary.Imaging.Planes;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

public sealed class ScaledPicturesTests
{
    private readonly NativeBufferPool _pool = new(1 << 20);

    /// <summary>Tall ones, so that the rows that are kept slide many times; upside down, the lowest output rows come first.</summary>
    [Fact]
    public void Finish_AnyPictureAndTargets_IsTheSameAsOfTheWholePicture() =>
        Gen.Select(
            Gen.Select(
                Gen.Int[1, 60], Gen.Int[1, 900], Gen.Int[0, 4],
                Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3], (luma, chroma) => new JpegScale(1 << luma, 1 << Math.Min(luma, chroma)))),
            Gen.Select(Gen.Double[0.02, 1], Gen.Bool, Gen.Int[1, 8].Select(Orientation.FromExif)).List[1, 3]).Sample((file, sizes) =>
            {
                var (width, height, kind, scale) = file;
                var progressive = kind > 2;
                var jpeg = TestPicture.Encode(width, height, kind == 0 ? 1 : 3, "jpegsave_buffer", save => save
                    .Set("subsample_mode", kind % 2 + 1).Set("interlace", progressive ? 1 : 0));
                using var planes = progressive
                    ? WholeJpeg.Progressive(jpeg, scale, _pool, TestContext.Current.CancellationToken)
                    : WholeJpeg.Baseline(jpeg, scale, _pool, TestContext.Current.CancellationToken);
                ScaleTarget[] targets =
                [
                    .. sizes.Select(size => new ScaleTarget(
                        Math.Max(1, (int)(size.Item1 * (size.Item3.Transpose ? height : width))),
                        Math.Max(1, (int)(size.Item1 * (size.Item3.Transpose ? width : height))),
                        size.Item2 ? ChromaSampling.Full : ChromaSampling.Quarter,
                        size.Item3)),
                ];

                using var pictures = new ScaledPictures(targets, _pool);
                Assert.True(progressive
                    ? ProgressiveDecoder.TryDecode(jpeg, scale, pictures, _pool, TestContext.Current.CancellationToken)
                    : BaselineDecoder.TryDecode(jpeg, scale, pictures, _pool, TestContext.Current.CancellationToken));

                foreach (var (target, picture) in targets.Zip(pictures.Finish()))
                {
                    using var expected = PlanarScaler.Scale(planes!, target, _pool);
                    using (picture)
                    {
                        Assert.Equal(expected.Shape, picture.Shape);
                        Assert.Equal(PlaneSamples.Of(expected), PlaneSamples.Of(picture));
                    }
                }
            }, iter: 200);

    [Fact]
    public void Dispose_InTheMidst_LeavesNothingRented()
    {
        var jpeg = TestPicture.Encode(64, 800, 3, "jpegsave_buffer");
        using (var pictures = new ScaledPictures([new ScaleTarget(16, 200, ChromaSampling.Quarter, default)], _pool))
        {
            Assert.False(BaselineDecoder.TryDecode(jpeg.AsSpan(0, jpeg.Length / 2), JpegScale.Of(8), pictures, _pool, TestContext.Current.CancellationToken));
        }

        Assert.Equal(0, _pool.RentedBytes);
    }
}
