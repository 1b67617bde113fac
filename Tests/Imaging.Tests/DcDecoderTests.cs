using CsCheck;
using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Jpeg;
using ImageLibrary.Imaging.Jpeg.Dc;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

public sealed class DcDecoderTests
{
    private readonly NativeBufferPool _pool = new(1 << 20);

    /// <summary>Baseline and progressive, all samplings, optimised and standard tables, with and without restarts.</summary>
    [Fact]
    public void TryDecode_AnyUndamagedJpeg_GivesTheSamplesOfTurboJpeg() =>
        Gen.Select(Gen.Int[1, 150], Gen.Int[1, 150], Gen.Int[0, 5], Gen.Bool, Gen.Int[20, 100], Gen.Int[0, 5])
            // TurboJPEG takes the largest scale that gives the size asked for, which for these is not 1/8.
            .Where((width, height, _, _, _, _) => width > 4 || height > 4)
            .Sample((width, height, kind, progressive, quality, restarts) =>
            {
                var jpeg = kind == 5 || progressive || restarts > 0
                    ? TestPicture.Encode(width, height, kind == 5 ? 1 : 3, "jpegsave_buffer", save => save
                        .Set("Q", quality).Set("interlace", progressive ? 1 : 0).Set("restart_interval", restarts)
                        .Set("optimize_coding", kind & 1).Set("subsample_mode", kind == 4 ? 2 : 1))
                    : Quality.EncodeSampled(width, height, TurboJpegSampling.All[kind < 3 ? kind : kind + 1]);
                using var ours = DcDecoder.TryDecode(jpeg, _pool, TestContext.Current.CancellationToken);
                using var theirs = TurboJpegDecoder.Decode(jpeg, 1, _pool, out _);

                Assert.NotNull(ours);
                Assert.Equal((theirs.Width, theirs.Height, theirs.Sampling), (ours.Width, ours.Height, ours.Sampling));
                Assert.Equal(PlaneSamples.Of(theirs), PlaneSamples.Of(ours));
            }, iter: Environment.GetEnvironmentVariable("IMAGELIBRARY_TEST_ALL") is null ? 200 : 5000);

    [Fact]
    public void TryDecode_TablesOfChance_GiveTheSamplesOfTurboJpeg() =>
        Gen.Select(Gen.Int[9, 70], Gen.Int[9, 70], Gen.Int[0, 4], Gen.Int).Sample((width, height, kind, seed) =>
        {
            var jpeg = HandmadeJpeg.Create(width, height, TurboJpegSampling.All[kind < 3 ? kind : kind + 1], seed);
            using var ours = DcDecoder.TryDecode(jpeg, _pool, TestContext.Current.CancellationToken);
            using var theirs = TurboJpegDecoder.Decode(jpeg, 1, _pool, out _);

            Assert.NotNull(ours);
            Assert.Equal(PlaneSamples.Of(theirs), PlaneSamples.Of(ours));
        }, iter: 100);

    [Fact]
    public void TryDecode_AnyDamage_IsRefusedOrDecodedWithoutALeak()
    {
        var originals = new[] { 0, 1 }.Select(interlace => TestPicture.Encode(
            96, 64, 3, "jpegsave_buffer", save => save.Set("interlace", interlace).Set("restart_interval", 3))).ToArray();
        Gen.Select(Gen.Int[0, 1], Gen.Int[2, 100_000], Gen.Byte, Gen.Int[0, 1000]).Sample((which, at, value, cut) =>
        {
            var damaged = originals[which].ToArray();
            damaged[at % damaged.Length] = value;
            var pool = new NativeBufferPool(0);
            DcDecoder.TryDecode(damaged.AsSpan(0, damaged.Length - cut % damaged.Length), pool, TestContext.Current.CancellationToken)?.Dispose();
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
            Assert.Null(DcDecoder.TryDecode(BadJpegs.LongestSymbols(length, 15), pool, TestContext.Current.CancellationToken));
            Assert.Equal(0, pool.RentedBytes);
        }
    }

    [Fact]
    public void TryDecode_FileWithoutEnd_IsLeftToAnotherDecoder()
    {
        foreach (var interlace in new[] { 0, 1 })
        {
            var jpeg = TestPicture.Encode(200, 100, 3, "jpegsave_buffer", save => save.Set("interlace", interlace));

            Assert.Null(DcDecoder.TryDecode(jpeg.AsSpan(0, jpeg.Length - 2), _pool, TestContext.Current.CancellationToken));
        }
    }

    /// <summary>Sixteen zeros again and again behind the last coefficients of a block, which the next block's bits are taken for.</summary>
    [Fact]
    public void TryDecode_RunsThatPassMoreThanABlock_AreNoEndOfIt()
    {
        byte[] jpeg =
        [
            0xFF, 0xD8,
            0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64),
            0xFF, 0xC0, 0, 11, 8, 0, 8, 0, 16, 1, 1, 0x11, 0,
            0xFF, 0xC4, 0, 21, 0x00, 1, 1, .. new byte[14], 0, 8,
            0xFF, 0xC4, 0, 23, 0x10, 1, 1, 1, 1, .. new byte[12], 0x01, 0xF0, 0x02, 0x00,
            0xFF, 0xDA, 0, 8, 1, 1, 0x00, 0, 63, 0,
            .. Convert.FromHexString("00A0880A8AA0222AA2A28A0A020822215119EF"),
            0xFF, 0xD9,
        ];

        using var ours = DcDecoder.TryDecode(jpeg, _pool, TestContext.Current.CancellationToken);
        using var theirs = TurboJpegDecoder.Decode(jpeg, 1, _pool, out var warning);

        Assert.Null(warning);
        Assert.NotNull(ours);
        Assert.Equal(PlaneSamples.Of(theirs), PlaneSamples.Of(ours));
    }

    [Fact]
    public void TryDecode_ScanInAnotherOrderThanTheFrame_IsLeftToAnotherDecoder()
    {
        var jpeg = TestPicture.Encode(64, 48, 3, "jpegsave_buffer");
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        (jpeg[frame + 13], jpeg[frame + 16]) = (jpeg[frame + 16], jpeg[frame + 13]);

        Assert.Null(DcDecoder.TryDecode(jpeg, _pool, TestContext.Current.CancellationToken));
    }
}
