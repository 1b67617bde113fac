using CsCheck;
using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Jpeg;
using ImageLibrary.Imaging.Jpeg.Entropy;
using ImageLibrary.Imaging.Jpeg.Progressive;
using ImageLibrary.Imaging.Planes;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

public sealed class ProgressiveDecoderTests
{
    private readonly NativeBufferPool _pool = new(1 << 20);

    public ProgressiveDecoderTests() =>
        Assert.SkipUnless(ProgressiveDecoder.IsSupported, "This processor lacks the instructions; its progressive JPEGs are decoded by TurboJPEG.");

    /// <summary>Pictures as libvips encodes them: all its samplings, with and without restarts.</summary>
    [Theory]
    [InlineData(8, 0)]
    [InlineData(4, 1)]
    [InlineData(2, 1)]
    public void TryDecode_AnyUndamagedJpeg_GivesTheSamplesOfTurboJpeg(int eighths, int tolerance) =>
        Gen.Select(Gen.Int[1, 150], Gen.Int[1, 150], Gen.Int[0, 2], Gen.Int[1, 100], Gen.Int[0, 5])
            // TurboJPEG takes the largest scale that gives the size asked for, which for these may be another.
            .Where((width, height, _, _, _) => eighths == 8 || width > 8 || height > 8)
            .Sample((width, height, kind, quality, restarts) =>
            {
                var jpeg = TestPicture.Encode(width, height, kind == 2 ? 1 : 3, "jpegsave_buffer", save => save
                    .Set("Q", quality).Set("interlace", 1).Set("restart_interval", restarts).Set("subsample_mode", kind == 1 ? 2 : 1));
                using var ours = WholeJpeg.Progressive(jpeg, eighths, _pool, TestContext.Current.CancellationToken);
                using var theirs = TurboJpegDecoder.Decode(jpeg, eighths, _pool, out _);

                Assert.NotNull(ours);
                AssertSame(theirs, ours, tolerance);
            }, iter: Environment.GetEnvironmentVariable("IMAGELIBRARY_TEST_ALL") is null ? 100 : 5000);

    /// <summary>Scans, tables and restarts of chance.</summary>
    [Theory]
    [InlineData(8, 0)]
    [InlineData(4, 1)]
    [InlineData(2, 1)]
    public void TryDecode_ScansOfChance_GivesTheSamplesOfTurboJpeg(int eighths, int tolerance) =>
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 70], Gen.Int[0, 5], Gen.Int)
            .Where((width, height, _, _) => eighths == 8 || width > 8 || height > 8)
            .Sample((width, height, kind, seed) =>
            {
                var jpeg = HandmadeProgressiveJpeg.Create(width, height, kind == 3 ? null : TurboJpegSampling.All[kind], seed);
                using var ours = WholeJpeg.Progressive(jpeg, eighths, _pool, TestContext.Current.CancellationToken);
                using var theirs = TurboJpegDecoder.Decode(jpeg, eighths, _pool, out var warning);

                Assert.Null(warning);
                Assert.NotNull(ours);
                AssertSame(theirs, ours, tolerance);
            }, iter: Environment.GetEnvironmentVariable("IMAGELIBRARY_TEST_ALL") is null ? 100 : 20_000);

    [Fact]
    public void TryDecode_MissingBitsOfCoefficients_IsLeftToAnotherDecoder()
    {
        var whole = TestPicture.Encode(200, 100, 3, "jpegsave_buffer", save => save.Set("interlace", 1));
        var lastScan = whole.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);

        Assert.Null(WholeJpeg.Progressive([.. whole.AsSpan(0, lastScan), 0xFF, 0xD9], 8, _pool, TestContext.Current.CancellationToken));
        for (var scans = 1; scans < 8; scans++)
        {
            Assert.Null(WholeJpeg.Progressive(
                HandmadeProgressiveJpeg.CreateIncomplete(40, 30, scans, scans), 8, _pool, TestContext.Current.CancellationToken));
        }
    }

    /// <summary>TurboJPEG warns of a scan that brings what was there before, and of AC coefficients before any of DC.</summary>
    [Fact]
    public void TryDecode_ScansInWrongOrder_IsLeftToAnotherDecoder()
    {
        var jpeg = TestPicture.Encode(96, 64, 1, "jpegsave_buffer", save => save.Set("interlace", 1));
        var mean = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        var second = mean + jpeg.AsSpan(mean).IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC4]);
        var third = second + 2 + jpeg.AsSpan(second + 2).IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC4]);

        Assert.Null(WholeJpeg.Progressive(BadJpegs.ManyScans(jpeg, 2), 8, _pool, TestContext.Current.CancellationToken));
        Assert.Null(WholeJpeg.Progressive(
            [.. jpeg.AsSpan(0, mean), .. jpeg.AsSpan(second, third - second), .. jpeg.AsSpan(mean, second - mean), .. jpeg.AsSpan(third)],
            8, _pool, TestContext.Current.CancellationToken));
        unsafe
        {
            Assert.False(new ProgressiveComponent(new JpegComponent(1, 1, 1, 0, 1, 1, 1), null, null, null).TryAdvance(new ScanBand(1, 5, 0, Refines: false)));
        }
    }

    [Fact]
    public void TryDecode_FileThatEndsEarly_IsLeftToAnotherDecoder()
    {
        var jpeg = HandmadeProgressiveJpeg.Create(60, 50, new ChromaSampling(2, 2), 5);
        using (var whole = WholeJpeg.Progressive(jpeg, 8, _pool, TestContext.Current.CancellationToken))
        {
            Assert.NotNull(whole);
        }

        for (var length = 0; length < jpeg.Length; length += length > jpeg.Length - 20 ? 1 : 37)
        {
            Assert.Null(WholeJpeg.Progressive(jpeg.AsSpan(0, length), 8, _pool, TestContext.Current.CancellationToken));
            Assert.Equal(0, _pool.RentedBytes);
        }
    }

    /// <summary>
    /// What is decoded in spite of damage is what TurboJPEG makes of it without a warning. Where a sample leaves its range, it may
    /// do so by far, and then wraps around in different sums.
    /// </summary>
    [Fact]
    public void TryDecode_AnyDamage_IsRefusedOrGivesTheSamplesOfTurboJpeg()
    {
        byte[][] originals =
        [
            TestPicture.Encode(96, 64, 3, "jpegsave_buffer", save => save.Set("interlace", 1).Set("Q", 100)),
            TestPicture.Encode(50, 40, 1, "jpegsave_buffer", save => save.Set("interlace", 1).Set("restart_interval", 3)),
            .. Enumerable.Range(0, 10).Select(seed => HandmadeProgressiveJpeg.Create(
                30, 20, seed == 0 ? null : new ChromaSampling(1 + seed % 2, 1 + seed / 5), seed)),
        ];
        var decoded = 0;
        for (var seed = 0; seed < (Environment.GetEnvironmentVariable("IMAGELIBRARY_TEST_ALL") is null ? 1000 : 100_000); seed++)
        {
            var random = new Random(seed);
            var damaged = originals[random.Next(originals.Length)].ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                damaged[random.Next(2, damaged.Length)] ^= (byte)(random.Next(3) > 0 ? 1 << random.Next(8) : random.Next(256));
            }

            using (var ours = WholeJpeg.Progressive(damaged, 8, _pool, TestContext.Current.CancellationToken))
            {
                if (ours is not null && PlaneSamples.Of(ours).All(row => !row.ContainsAny((byte)0, byte.MaxValue)))
                {
                    using var theirs = TurboJpegDecoder.Decode(damaged, 8, _pool, out var warning);
                    Assert.True(warning is null, $"seed {seed}: {warning}");
                    Assert.True(PlaneSamples.Of(theirs).SelectMany(row => row).SequenceEqual(PlaneSamples.Of(ours).SelectMany(row => row)), $"seed {seed}");
                    decoded++;
                }
            }

            Assert.Equal(0, _pool.RentedBytes);
        }

        Assert.True(decoded > 20);
    }

    /// <summary>What lies behind the data is read as the largest blocks that can be, of which a row would leave the reader's margin.</summary>
    [Theory]
    [InlineData(false, 1, 9, 0x00)]
    [InlineData(false, 16, 10, 0x00)]
    [InlineData(true, 1, 0x01, 0x00)]
    [InlineData(true, 16, 0x01, 0x00)]
    [InlineData(true, 1, 0xE0, 0xFF)]
    public unsafe void TryDecodeUnits_BeyondTheEnd_StopsInTheRow(bool refines, int codeLength, byte symbol, byte behind)
    {
        const int Blocks = 1000;
        const int Some = 25;
        var coefficients = GC.AllocateArray<short>(Blocks * 64, pinned: true);
        var nonZero = GC.AllocateArray<ulong>(Blocks, pinned: true);
        var data = GC.AllocateArray<byte>(1 << 18, pinned: true);
        var before = behind == 0 ? 0 : 0x7FFF_FFFF_0000_0000UL;
        Array.Fill(coefficients, (short)2);
        Array.Fill(nonZero, before);
        // Clear bits are the symbol's code and value; where ones follow, they are bits of coefficients in a run of ended blocks.
        Array.Fill(data, behind, 4, data.Length - 4);
        var counts = new byte[16];
        counts[codeLength - 1] = 1;
        var table = HuffmanTable.Create(counts, [symbol])!;
        fixed (short* values = coefficients)
        fixed (ulong* numbers = nonZero)
        fixed (byte* bytes = data)
        {
            var component = new ProgressiveComponent(new JpegComponent(1, 1, 1, 0, Blocks, Blocks, 1), values, numbers, values);
            var band = new ScanBand(1, 63, 0, refines);
            IRunDecoder decoder = refines ? new AcRefinement(component, table, band) : new AcScan(component, table, band);
            var reader = new EntropyReader(bytes, 100);

            Assert.False(decoder.TryDecodeUnits(ref reader, 0, 0, Blocks));
            Assert.NotEqual((before, (short)2), (nonZero[0], coefficients[Some]));
            Assert.Equal((before, (short)2), (nonZero[^1], coefficients[^(64 - Some)]));
        }
    }

    /// <summary>Also where a scan is damaged behind the row of blocks at which it stops.</summary>
    [Fact]
    public void TryDecode_Cancelled_StopsInsideAScan()
    {
        var jpeg = TestPicture.Encode(200, 100, 3, "jpegsave_buffer", save => save.Set("interlace", 1));
        var scan = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);

        Assert.Throws<OperationCanceledException>(() => WholeJpeg.Progressive(
            [.. jpeg.AsSpan(0, scan + 100), 0xFF, 0xD9], 8, _pool, new CancellationToken(canceled: true)));
        Assert.Equal(0, _pool.RentedBytes);
    }

    private static void AssertSame(PlanarPicture theirs, PlanarPicture ours, int tolerance)
    {
        Assert.Equal(theirs.Shape, ours.Shape);
        var pairs = PlaneSamples.Of(theirs).Zip(PlaneSamples.Of(ours), (row, other) => row.Zip(other, (x, y) => Math.Abs(x - y)));
        Assert.All(pairs.SelectMany(row => row), difference => Assert.True(difference <= tolerance));
    }
}
