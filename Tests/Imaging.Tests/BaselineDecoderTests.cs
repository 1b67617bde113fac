using CsCheck;
using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Jpeg;
using ImageLibrary.Imaging.Jpeg.Baseline;
using ImageLibrary.Imaging.Planes;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

public sealed class BaselineDecoderTests
{
    private readonly NativeBufferPool _pool = new(1 << 20);

    /// <summary>All samplings, optimised and standard tables, with and without restarts, smooth and noisy.</summary>
    [Theory]
    [InlineData(8, 0)]
    [InlineData(4, 1)]
    [InlineData(2, 1)]
    public void TryDecode_AnyUndamagedJpeg_GivesTheSamplesOfTurboJpeg(int eighths, int tolerance) =>
        Gen.Select(Gen.Int[1, 150], Gen.Int[1, 150], Gen.Int[0, 5], Gen.Int[1, 100], Gen.Int[0, 5], Gen.Bool)
            // TurboJPEG takes the largest scale that gives the size asked for, which for these may be another.
            .Where((width, height, _, _, _, _) => eighths == 8 || width > 8 || height > 8)
            .Sample((width, height, kind, quality, restarts, noisy) =>
            {
                var jpeg = kind == 5 || restarts > 0
                    ? TestPicture.Encode(width, height, kind == 5 ? 1 : 3, "jpegsave_buffer", save => save
                        .Set("Q", quality).Set("restart_interval", restarts)
                        .Set("optimize_coding", kind & 1).Set("subsample_mode", kind == 4 ? 2 : 1))
                    : Encode(width, height, TurboJpegSampling.All[kind < 3 ? kind : kind + 1], quality, noisy);
                using var ours = WholeJpeg.Baseline(jpeg, eighths, _pool, TestContext.Current.CancellationToken);
                using var theirs = TurboJpegDecoder.Decode(jpeg, eighths, _pool, out _);

                Assert.NotNull(ours);
                Assert.Equal(theirs.Shape, ours.Shape);
                var pairs = PlaneSamples.Of(theirs).Zip(PlaneSamples.Of(ours), (row, other) => row.Zip(other, (x, y) => Math.Abs(x - y)));
                Assert.All(pairs.SelectMany(row => row), difference => Assert.True(difference <= tolerance));
            }, iter: Environment.GetEnvironmentVariable("IMAGELIBRARY_TEST_ALL") is null ? 150 : 10_000);

    [Fact]
    public void TryDecode_TablesOfChance_GiveTheSamplesOfTurboJpeg() =>
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 70], Gen.Int[0, 4], Gen.Int).Sample((width, height, kind, seed) =>
        {
            var jpeg = HandmadeJpeg.Create(width, height, TurboJpegSampling.All[kind < 3 ? kind : kind + 1], seed);
            using var ours = WholeJpeg.Baseline(jpeg, 8, _pool, TestContext.Current.CancellationToken);
            using var theirs = TurboJpegDecoder.Decode(jpeg, 8, _pool, out var warning);

            Assert.Null(warning);
            Assert.NotNull(ours);
            Assert.Equal(PlaneSamples.Of(theirs), PlaneSamples.Of(ours));
        }, iter: Environment.GetEnvironmentVariable("IMAGELIBRARY_TEST_ALL") is null ? 150 : 20_000);

    /// <summary>Libjpeg refuses such tables, so a picture with one must not pass for whole.</summary>
    [Theory]
    [InlineData(0x00, 1, 16)]
    [InlineData(0x00, 2, 0)]
    [InlineData(0x10, 2, 0)]
    public void TryDecode_TableThatOthersRefuse_IsLeftToAnotherDecoder(byte number, byte codesOfOneBit, byte symbol)
    {
        var jpeg = TestPicture.Encode(64, 48, 3, "jpegsave_buffer");
        byte[] table = [0xFF, 0xC4, 0, (byte)(19 + codesOfOneBit), number, codesOfOneBit, .. new byte[15], symbol, .. new byte[codesOfOneBit - 1]];

        Assert.Null(WholeJpeg.Baseline([0xFF, 0xD8, .. table, .. jpeg.AsSpan(2)], 8, _pool, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void TryDecode_TablesWithoutEnd_IsLeftToAnotherDecoder()
    {
        var jpeg = TestPicture.Encode(64, 48, 3, "jpegsave_buffer");
        byte[] table = [0xFF, 0xC4, 0, 20, 0, 1, .. new byte[15], 0];
        byte[] tables = [.. Enumerable.Repeat(table, 1000).SelectMany(part => part)];

        Assert.Null(WholeJpeg.Baseline([0xFF, 0xD8, .. tables, .. jpeg.AsSpan(2)], 8, _pool, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void TryDecode_AnyDamage_IsRefusedOrDecodedWithoutALeak()
    {
        var originals = new[] { 0, 3 }.Select(interval => TestPicture.Encode(
            96, 64, 3, "jpegsave_buffer", save => save.Set("restart_interval", interval))).ToArray();
        Gen.Select(Gen.Int[0, 1], Gen.Int[2, 100_000], Gen.Byte, Gen.Int[0, 1000]).Sample((which, at, value, cut) =>
        {
            var damaged = originals[which].ToArray();
            damaged[at % damaged.Length] = value;
            var pool = new NativeBufferPool(0);
            WholeJpeg.Baseline(damaged.AsSpan(0, damaged.Length - cut % damaged.Length), at % 2 == 0 ? 8 : 2, pool, CancellationToken.None)?.Dispose();
            return pool.RentedBytes == 0;
        }, iter: 2000);
    }

    /// <summary>Where the last unit ends at the end of a page, reading more than the reader's margin would end the process.</summary>
    [Fact]
    public void TryDecode_LongestSymbols_StaysWithinItsMemory()
    {
        for (var length = 3000; length < 8000; length += 13)
        {
            var pool = new NativeBufferPool(0);
            Assert.Null(WholeJpeg.Baseline(BadJpegs.LongestSymbols(length, 10), 4, pool, TestContext.Current.CancellationToken));
            Assert.Equal(0, pool.RentedBytes);
        }
    }

    [Fact]
    public void TryDecode_FileWithoutEndOrOfSeveralScans_IsLeftToAnotherDecoder()
    {
        var jpeg = TestPicture.Encode(200, 100, 3, "jpegsave_buffer");

        Assert.Null(WholeJpeg.Baseline(jpeg.AsSpan(0, jpeg.Length - 2), 8, _pool, TestContext.Current.CancellationToken));
        Assert.Null(WholeJpeg.Baseline(
            TestPicture.Encode(200, 100, 3, "jpegsave_buffer", save => save.Set("interlace", 1)), 8, _pool, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void TryDecode_Cancelled_StopsInsideThePicture()
    {
        var jpeg = TestPicture.Encode(200, 100, 3, "jpegsave_buffer");

        Assert.Throws<OperationCanceledException>(() => WholeJpeg.Baseline(jpeg, 8, _pool, new CancellationToken(canceled: true)));
        Assert.Equal(0, _pool.RentedBytes);
    }

    private byte[] Encode(int width, int height, ChromaSampling sampling, int quality, bool noisy)
    {
        using var picture = PlanarPicture.Rent(_pool, width, height, sampling, gray: false);
        var random = new Random(width);
        foreach (var plane in picture.Planes)
        {
            for (var y = 0; y < plane.Height; y++)
            {
                Fill(plane, y, noisy ? random : null);
            }
        }

        using var content = TurboJpegEncoder.Encode(picture, quality, _pool);
        return content.Memory.ToArray();
    }

    private static unsafe void Fill(Plane plane, int y, Random? noise)
    {
        var row = new Span<byte>(plane.Row(y), plane.Width);
        if (noise is not null)
        {
            noise.NextBytes(row);
            return;
        }

        for (var x = 0; x < row.Length; x++)
        {
            row[x] = (byte)(x * y / 16);
        }
    }
}
