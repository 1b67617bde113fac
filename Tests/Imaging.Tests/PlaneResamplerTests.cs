using CsCheck;
using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Planes;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

public sealed class PlaneResamplerTests
{
    private readonly NativeBufferPool _pool = new(1 << 20);

    [Fact]
    public void Resample_AnySizes_VectorsGiveTheBytesOfTheScalarCode() =>
        Gen.Select(Gen.Int[1, 200], Gen.Int[1, 60], Gen.Int[1, 150], Gen.Int[1, 60], Gen.Bool, Gen.Int)
            .Sample((width, height, toWidth, toHeight, mirrored, seed) =>
            {
                using var source = new Plane(_pool, width, height);
                Fill(source, seed);
                var horizontal = ResampleAxis.Create(width, width, toWidth, toWidth, mirrored, gain: mirrored ? 1.16 : 1);
                var vertical = ResampleAxis.Create(height, height, toHeight, toHeight, mirrored);
                var expected = Resample(source, horizontal, vertical, vectorBits: 0, offset: mirrored ? -18.6 : 0);
                for (var bits = 256; bits <= PlaneResampler.WidestVectors; bits *= 2)
                {
                    Assert.Equal(expected, Resample(source, horizontal, vertical, bits, offset: mirrored ? -18.6 : 0));
                }
            }, iter: 300);

    [Fact]
    public void Resample_FlatPlane_StaysFlat() =>
        Gen.Select(Gen.Int[1, 90], Gen.Int[1, 90], Gen.Byte).Sample((size, toSize, value) =>
        {
            using var source = new Plane(_pool, size, size);
            for (var y = 0; y < size; y++)
            {
                Row(source, y).Fill(value);
            }

            var axis = ResampleAxis.Create(size, size, toSize, toSize, mirrored: false);
            Assert.All(Resample(source, axis, axis, PlaneResampler.WidestVectors), sample => Assert.Equal(value, sample));
        }, iter: 100);

    [Fact]
    public void Resample_SameSize_ChangesNothing()
    {
        using var source = new Plane(_pool, 77, 31);
        Fill(source, 1);
        var horizontal = ResampleAxis.Create(77, 77, 77, 77, mirrored: false);
        var vertical = ResampleAxis.Create(31, 31, 31, 31, mirrored: false);

        var result = Resample(source, horizontal, vertical, PlaneResampler.WidestVectors);

        Assert.Equal(Samples(source), result);
    }

    private unsafe byte[] Resample(Plane source, ResampleAxis horizontal, ResampleAxis vertical, int vectorBits, double offset = 0)
    {
        using var target = new Plane(_pool, horizontal.Count, vertical.Count);
        using var middle = _pool.Rent((nuint)PlaneResampler.MiddleLength(source.Stride, horizontal) * sizeof(short));
        new PlaneResampler(source, target, horizontal, vertical, offset, vectorBits).Advance(source.Height, (short*)middle.Pointer);
        return Samples(target);
    }

    private static byte[] Samples(Plane plane) =>
        [.. Enumerable.Range(0, plane.Height).SelectMany(y => plane.RowSpan(y).ToArray())];

    private static void Fill(Plane plane, int seed)
    {
        var random = new Random(seed);
        for (var y = 0; y < plane.Height; y++)
        {
            random.NextBytes(Row(plane, y));
        }
    }

    private static unsafe Span<byte> Row(Plane plane, int y) => new(plane.Row(y), plane.Width);
}
