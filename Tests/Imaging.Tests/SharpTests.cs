using System.Diagnostics;
using ImageLibrary.Core;
using ImageLibrary.Imaging;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

/// <summary>Compares with what sharp itself makes, in the version that the measurements of speed use.</summary>
public sealed class SharpTests
{
    private const double PsnrTolerance = 0.3;
    private const double SsimTolerance = 0.001;

    private static readonly string Bench = FindBench();

    [Fact]
    public async Task Render_EverySource_IsAsGoodAsSharp()
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Bench, "node_modules", "sharp")), "needs sharp: npm ci --prefix Bench/Rendering");
        var folder = Directory.CreateTempSubdirectory("imagelibrary-sharp-");
        try
        {
            var sources = Sources().ToDictionary(source => Path.Combine(folder.FullName, source.Name), source => source.File);
            foreach (var (path, file) in sources)
            {
                await File.WriteAllBytesAsync(path, file, TestContext.Current.CancellationToken);
            }

            var made = Path.Combine(folder.FullName, "made");
            await RunSharpAsync(made, sources.Keys);
            var renderer = new ImageRenderer();
            foreach (var (path, file) in sources)
            {
                using var result = renderer.Render(file, DerivativeSpec.Defaults, TestContext.Current.CancellationToken);
                foreach (var derivative in result.Derivatives)
                {
                    var peer = await File.ReadAllBytesAsync(
                        Path.Combine(made, $"{Path.GetFileNameWithoutExtension(path)}.{derivative.Kind}.jpg"), TestContext.Current.CancellationToken);
                    Compare($"{Path.GetFileName(path)}, {derivative.Kind}", file, derivative, peer);
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Compare(string name, byte[] source, RenderedDerivative derivative, byte[] sharp)
    {
        var reference = Quality.Reference(source, orientation: 1, derivative.Facts.Width, derivative.Facts.Height);
        var (ours, theirs) = (Quality.Luma(derivative.Content.Memory.Span), Quality.Luma(sharp));
        var (psnr, peerPsnr) = (Quality.Psnr(ours, reference), Quality.Psnr(theirs, reference));
        var (ssim, peerSsim) = (Quality.Ssim(ours, reference), Quality.Ssim(theirs, reference));
        Assert.True(psnr >= peerPsnr - PsnrTolerance, $"{name}: PSNR {psnr:0.00}, sharp {peerPsnr:0.00}");
        Assert.True(ssim >= peerSsim - SsimTolerance, $"{name}: SSIM {ssim:0.0000}, sharp {peerSsim:0.0000}");
    }

    private static IEnumerable<(string Name, byte[] File)> Sources()
    {
        yield return ("photo.jpg", QualityTests.Source("4:2:0", 1401, 903));
        yield return ("picture.webp", TestPicture.Encode(1401, 903, 3, "webpsave_buffer"));
        yield return ("drawing.png", TestPicture.Encode(1401, 903, 3, "pngsave_buffer"));
        if (!TestForm.IsLong)
        {
            yield break;
        }

        foreach (var kind in (string[])["4:2:0", "4:4:4", "4:2:2", "4:4:0", "4:1:1", "gray", "progressive", "restarts"])
        {
            yield return ($"{kind.Replace(":", "", StringComparison.Ordinal)}.jpg", QualityTests.Source(kind, 2401, 1603));
        }

        foreach (var (width, height) in ((int, int)[])[(4000, 3000), (1401, 2003), (6001, 4001)])
        {
            yield return ($"{width}.jpg", QualityTests.Source("4:2:0", width, height));
        }

        yield return ("hard.jpg", TestPicture.EncodeJpeg(TestPicture.HardSamples(3001, 2003), 3001, 2003, 92));
        yield return ("noisy.jpg", TestPicture.EncodeJpeg(TestPicture.NoisySamples(3001, 2003), 3001, 2003, 92));
        yield return ("lossy.webp", TestPicture.Encode(2401, 1603, 3, "webpsave_buffer"));
        yield return ("large.webp", TestPicture.Encode(4001, 3001, 3, "webpsave_buffer"));
        yield return ("lossless.webp", TestPicture.Encode(1601, 1203, 3, "webpsave_buffer", save => save.Set("lossless", 1).Set("effort", 0)));
        yield return ("colour.png", TestPicture.Encode(2401, 1603, 3, "pngsave_buffer"));
        yield return ("mono.png", TestPicture.Encode(2401, 1603, 1, "pngsave_buffer"));
        yield return ("interlaced.png", TestPicture.Encode(1601, 1203, 3, "pngsave_buffer", save => save.Set("interlace", 1)));
    }

    private static async Task RunSharpAsync(string output, IEnumerable<string> files)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Bench, "sharp-peer.js"), "plain", "1", "thumbnail,cache", output, .. files])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var words = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        _ = await words;
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, errors);
    }

    private static string FindBench()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ImageLibrary.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "Bench", "Rendering");
    }
}
