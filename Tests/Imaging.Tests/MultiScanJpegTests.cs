using ImageLibrary.Core;
using ImageLibrary.Imaging;
using ImageLibrary.Imaging.Metadata;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

/// <summary>JPEGs in several scans: decoders keep their coefficients, and each scan is a pass over all of them.</summary>
public sealed class MultiScanJpegTests
{
    private const long Megabyte = 1 << 20;

    private readonly ImageRenderer _renderer = new();

    [Fact]
    public void Estimate_BaselineInSeveralScans_CountsTheCoefficients()
    {
        var source = BadJpegs.ScanByScan(15_000, 15_000);
        var patient = new ImageRenderer(new RenderLimits { MaxMultiScanPixels = 300_000_000, MaxScannedPixels = long.MaxValue });

        Assert.True(patient.Estimate(source, DerivativeSpec.Defaults).PeakBytes > 1_000 * Megabyte);
        Assert.True(_renderer.Estimate(BadJpegs.ScanByScan(7_000, 7_000), DerivativeSpec.Defaults).PeakBytes > 250 * Megabyte);
    }

    [Fact]
    public void Estimate_BaselineInOneScan_CountsPlanesOnly()
    {
        var source = QualityTests.Source("4:2:0", 1400, 1000);

        Assert.True(_renderer.Estimate(source, DerivativeSpec.Defaults).PeakBytes < 30 * Megabyte);
    }

    [Fact]
    public void Estimate_BaselineInSeveralScans_HasTheLimitOfProgressiveOnes() =>
        Assert.Equal(FailureClass.TooLarge, FailureOf(BadJpegs.ScanByScan(15_000, 15_000)));

    /// <summary>libjpeg steps over what is no marker, and over markers without a length, to the scan that is meant.</summary>
    [Fact]
    public void Estimate_ScanBehindNonsense_HasTheLimitOfProgressiveOnes()
    {
        byte[] decoy = [0xFF, 0xDA, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0];
        foreach (var between in (byte[][])[[0x55, 0x55], [0xFF, 0xD0, 0, 12], [0xFF, 0x01, 0, 12], [0xFF, 0xFF, 0xFF], decoy[2..]])
        {
            Assert.Equal(FailureClass.TooLarge, FailureOf(BadJpegs.ScanByScan(15_000, 15_000, between)));
        }
    }

    [Fact]
    public void Render_ThirtyScans_IsWithinTheLimit()
    {
        var source = BadJpegs.ManyScans(Progressive(), 20);
        Assert.InRange(JpegSegments.CountScans(source, 1_000), 25, 30);

        using var result = _renderer.Render(source, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);

        Assert.Equal((96, 80), (result.Facts.Width, result.Facts.Height));
    }

    [Fact]
    public void Render_MoreScansThanTheLimit_IsRefusedWithTheSetting()
    {
        var failure = Assert.Throws<SourceException>(() => _renderer.Render(
            BadJpegs.ManyScans(Progressive(), 480), DerivativeSpec.Defaults, TestContext.Current.CancellationToken)).Failure;

        Assert.Equal(new ImageFailure(FailureClass.TooLarge, "The image has more than 50 scans; the setting is --max-scans (IMAGELIBRARY_MAX_SCANS)."), failure);
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(40, true)]
    public void Render_PixelsOfAllScans_HaveALimitOfTheirOwn(int scans, bool passes)
    {
        var renderer = new ImageRenderer(new RenderLimits { MaxScannedPixels = scans * 96 * 80 });
        var failure = Record.Exception(() => renderer.Render(
            BadJpegs.ManyScans(Progressive(), 20), DerivativeSpec.Defaults, TestContext.Current.CancellationToken).Dispose());

        Assert.Equal(passes ? null : "The image has more than 20 scans; the setting is --max-scans (IMAGELIBRARY_MAX_SCANS).", (failure as SourceException)?.Failure.Message);
    }

    [Fact]
    public void CountScans_NonsenseAndFillBetween_FindsWhatLibjpegFinds()
    {
        byte[] scan = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 0xFF, 0, 0xFF, 0xD0, 3];
        byte[] table = [0xFF, 0xC4, 0, 6, 0xFF, 0xDA, 0, 0];

        byte[] file = [0xFF, 0xD8, .. table, .. scan, .. scan, 0x55, 0xFF, 0xFF, .. scan, 0xFF, 0xD8, .. table, .. scan, 0xFF, 0xD9, .. scan];

        Assert.Equal(4, JpegSegments.CountScans(file, 100));
        Assert.Equal(3, JpegSegments.CountScans(file, 2));
        Assert.All(Enumerable.Range(2, file.Length - 2), length => Assert.InRange(JpegSegments.CountScans(file.AsSpan(0, length), 100), 0, 4));
    }

    private static byte[] Progressive() => TestPicture.Encode(96, 80, 3, "jpegsave_buffer", save => save.Set("interlace", 1));

    private FailureClass FailureOf(byte[] source) =>
        Assert.Throws<SourceException>(() => _renderer.Estimate(source, DerivativeSpec.Defaults)).Failure.Class;
}
