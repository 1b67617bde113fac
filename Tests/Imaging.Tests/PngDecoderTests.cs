using CsCheck;
using ImageLibrary.Imaging.Planes;
using ImageLibrary.Imaging.Png;
using ImageLibrary.Imaging.Vips;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

public sealed unsafe class PngDecoderTests
{
    /// <summary>Filters by libvips's flags: none, each of the four, and all of them mixed.</summary>
    public static TheoryData<int, int, int> Kinds()
    {
        var kinds = new TheoryData<int, int, int>();
        foreach (var filter in (int[])[0x08, 0x10, 0x20, 0x40, 0x80, 0xF8])
        {
            foreach (var bands in (int[])[1, 2, 3, 4])
            {
                kinds.Add(filter, bands, 8);
            }
        }

        foreach (var depth in (int[])[1, 2, 4])
        {
            kinds.Add(0xF8, 1, depth);
        }

        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TryDecode_EachKind_GivesTheSamplesOfLibvips(int filter, int bands, int depth)
    {
        foreach (var (width, height) in ((int, int)[])[(1, 1), (7, 5), (131, 67)])
        {
            var file = TestPicture.Encode(
                width, height, bands, "pngsave_buffer", save => save.Set("filter", filter).Set("bitdepth", depth));

            AssertSamples(file, bands % 2 == 0 ? 1 : 0);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void TryDecode_Palette_GivesTheSamplesOfLibvips(int depth)
    {
        foreach (var bands in (int[])[3, 4])
        {
            var file = TestPicture.Encode(
                131, 67, bands, "pngsave_buffer", save => save.Set("palette", 1).Set("bitdepth", depth));

            AssertSamples(file, bands == 4 ? 1 : 0);
        }
    }

    [Fact]
    public void Read_InterlacedOrSixteenBits_IsLeftToLibvips()
    {
        Assert.Null(PngHeader.Read(TestPicture.Encode(31, 17, 3, "pngsave_buffer", save => save.Set("interlace", 1))));
        Assert.Null(PngHeader.Read(TestPicture.Encode(31, 17, 3, "pngsave_buffer", save => save.Set("bitdepth", 16))));
    }

    [Fact]
    public void TryDecode_DamagedData_GivesNothing()
    {
        var file = TestPicture.Encode(131, 67, 3, "pngsave_buffer");
        var header = PngHeader.Read(file)!;
        Assert.True(PngHeader.TryReadChunk(file, header.DataStart, out _, out var body));
        for (var at = header.DataStart + 8; at < header.DataStart + 8 + body.Length; at += 97)
        {
            var damaged = (byte[])file.Clone();
            damaged[at] ^= 0x55;
            using var planes = PngDecoder.TryDecode(damaged, header, TestPicture.Pool);
            Assert.Null(planes);
        }
    }

    [Fact]
    public void RowToPlanes_AnyRow_VectorsGiveTheBytesOfTheScalarCode() =>
        Gen.Select(Gen.Int[1, 70], Gen.Int[3, 4], Gen.Byte.Array[280]).Sample((width, pixelBytes, row) =>
        {
            fixed (byte* rgb = row)
            {
                byte[] expected = new byte[3 * 80], planes = new byte[3 * 80];
                fixed (byte* scalar = expected, vector = planes)
                {
                    RgbConverter.PixelsToPlanes(rgb, 0, width, pixelBytes, scalar, scalar + 80, scalar + 160);
                    RgbConverter.RowToPlanes(rgb, width, pixelBytes, vector, vector + 80, vector + 160);
                }

                Assert.Equal(expected, planes);
            }
        }, iter: 300);

    private static void AssertSamples(byte[] file, int tolerance)
    {
        var header = PngHeader.Read(file);
        Assert.NotNull(header);
        using var planes = PngDecoder.TryDecode(file, header, TestPicture.Pool);
        Assert.NotNull(planes);
        fixed (byte* data = file)
        {
            using var loaded = VipsLoader.Open(data, file.Length, "png", shrink: 1, VipsLoader.FailOn.None);
            using var colours = VipsPipeline.ToSrgb(loaded);
            using var opaque = VipsPipeline.Flatten(colours);
            using var expected = RgbConverter.ToPlanes(opaque.Data, opaque.Width, opaque.Height, opaque.Bands, TestPicture.Pool);
            Assert.Equal(expected.Planes.Count, planes.Planes.Count);
            for (var i = 0; i < planes.Planes.Count; i++)
            {
                for (var y = 0; y < opaque.Height; y++)
                {
                    for (var x = 0; x < opaque.Width; x++)
                    {
                        var difference = planes.Planes[i].RowSpan(y)[x] - expected.Planes[i].RowSpan(y)[x];
                        Assert.True(Math.Abs(difference) <= tolerance, $"plane {i}, {x}, {y}: {difference}");
                    }
                }
            }
        }
    }
}
