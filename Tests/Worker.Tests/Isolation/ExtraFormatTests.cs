using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ImageLibrary.Core;
using ImageLibrary.Imaging;
using ImageLibrary.Tests.Worker.Support;
using ImageLibrary.Worker.Isolation;
using Xunit;

namespace ImageLibrary.Tests.Worker.Isolation;

/// <summary>Formats that are read by the system's libvips where a person wants them, in a helper process of their own.</summary>
public sealed class ExtraFormatTests : IDisposable
{
    private const ExtraFormats All = ExtraFormats.Heic | ExtraFormats.Jpeg2000 | ExtraFormats.JpegXl | ExtraFormats.Svg;
    private static readonly IReadOnlyList<DerivativeSpec> Specs = DerivativeSpec.Defaults;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("extra-formats-");
    private readonly IsolatedRenderer renderer = new(Helpers.Options with { ExtraFormats = All }, TimeProvider.System);

    public void Dispose()
    {
        renderer.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Render_SwitchedOn_ShowsThePicture()
    {
        foreach (var (extension, format) in new[] { ("heic", "heic"), ("jp2", "jp2"), ("j2k", "jp2"), ("jxl", "jxl"), ("svg", "svg") })
        {
            var source = extension == "svg" ? Svg("""<rect width="400" height="200" fill="#3060c0"/>""") : await SampleAsync(extension);

            using var result = renderer.Render(source, Specs, _ => Admitted.Always);

            Assert.Equal((format, 400, 200), (result.Facts.Format, result.Facts.Width, result.Facts.Height));
            Assert.Equal([(300, 150), (400, 200)], result.Derivatives.Select(made => (made.Facts.Width, made.Facts.Height)));
            AssertBlue(result.Thumbhash);
            Assert.True(new ImageRenderer(extra: All).IsRisky(source));
        }
    }

    [Fact]
    public void Render_SwitchedOff_SaysHowToSwitchItOn()
    {
        var svg = Svg("");
        using var without = new IsolatedRenderer(Helpers.Options, TimeProvider.System);
        using var others = new IsolatedRenderer(Helpers.Options with { ExtraFormats = ExtraFormats.Heic }, TimeProvider.System);

        foreach (var failure in new[]
        {
            Failure(() => new ImageRenderer().Estimate(svg, Specs)),
            Failure(() => without.Render(svg, Specs, _ => Admitted.Always)),
            Failure(() => others.Render(svg, Specs, _ => Admitted.Always)),
        })
        {
            Assert.Equal(FailureClass.Unsupported, failure.Class);
            Assert.Contains("--extra-formats", failure.Message, StringComparison.Ordinal);
        }
        Assert.False(new ImageRenderer(extra: ExtraFormats.Heic).IsRisky(svg));
    }

    [Fact]
    public void Render_LibraryIsMissing_SaysWhatToInstall()
    {
        // The loader stops at the first file of the name, whatever is in it.
        File.WriteAllText(Path.Combine(folder.FullName, "libvips.so.42"), "");
        using var broken = new IsolatedRenderer(
            Helpers.Options with { ExtraFormats = All, Command = ["env", $"LD_LIBRARY_PATH={folder.FullName}", .. Helpers.Options.Command!] },
            TimeProvider.System);

        var failure = Failure(() => broken.Render(Svg(""), Specs, _ => Admitted.Always));

        Assert.Equal(FailureClass.Unsupported, failure.Class);
        Assert.Contains("libvips42", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_SvgWithReferences_ReadsNoFileAndNoNetwork()
    {
        var file = Path.Combine(folder.FullName, "secret.svg");
        await File.WriteAllBytesAsync(file, Svg("""<rect width="400" height="200" fill="#3060c0"/>"""), TestContext.Current.CancellationToken);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var web = $"http://{listener.LocalEndpoint}/secret.svg";
        var inline = $"data:image/svg+xml;base64,{Convert.ToBase64String(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken))}";
        var blank = Hash(Svg(""));
        var shown = Hash(Svg(Image(inline)));

        Assert.True(blank is not null && shown is not null && shown != blank);
        foreach (var reference in new[] { file, $"file://{file}", "secret.svg", web })
        {
            foreach (var svg in new[]
            {
                Svg(Image(reference)),
                Svg($"""<use href="{reference}#a"/>"""),
                Svg($"""<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{reference}"/>"""),
                Svg($"""<style>@import url("{reference}");</style>"""),
                [.. Encoding.UTF8.GetBytes($"""<!DOCTYPE svg [<!ENTITY secret SYSTEM "{reference}">]>"""), .. Svg("&secret;")],
            })
            {
                Assert.Contains(Hash(svg), new[] { null, blank });
            }
        }
        Assert.False(listener.Pending());

        static string Image(string reference) => $"""<image href="{reference}" width="400" height="200"/>""";
    }

    [Fact]
    public void Render_HostileSvg_EndsWithItsClass()
    {
        using var impatient = new IsolatedRenderer(
            Helpers.Options with { ExtraFormats = All, PictureDeadline = TimeSpan.FromSeconds(1) }, TimeProvider.System);
        var endless = Svg("""<filter id="f"><feTurbulence baseFrequency="0.9" numOctaves="9"/></filter><rect width="100%" height="100%" filter="url(#f)"/>""", 6_000, 6_000);

        Assert.Equal(FailureClass.TooLarge, Failure(() => renderer.Render(Svg("", 60_000, 60_000), Specs, _ => Admitted.Always)).Class);
        Assert.Equal(FailureClass.TooLarge, Failure(() => renderer.Render(Svg("", 600_000, 2), Specs, _ => Admitted.Always)).Class);
        Assert.Equal(FailureClass.Corrupt, Failure(() => renderer.Render("<svg "u8, Specs, _ => Admitted.Always)).Class);
        Assert.Equal(FailureClass.Timeout, Failure(() => impatient.Render(endless, Specs, _ => Admitted.Always)).Class);
    }

    private static byte[] Svg(string content, int width = 400, int height = 200) => Encoding.UTF8.GetBytes(
        $"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{content}</svg>""");

    /// <summary>What an SVG looks like; null when it is refused as a whole.</summary>
    private string? Hash(byte[] svg)
    {
        try
        {
            using var result = renderer.Render(svg, Specs, _ => Admitted.Always);
            return Convert.ToHexString(result.Thumbhash);
        }
        catch (SourceException refused) when (refused.Failure.Class == FailureClass.Corrupt)
        {
            return null;
        }
    }

    /// <summary>The first three bytes of a thumbhash hold the mean colour, six bits for each of three opponents.</summary>
    private static void AssertBlue(byte[] thumbhash)
    {
        const int Side = 8;
        var blue = ThumbHash.Encode(Plane(0x30), Plane(0x60), Plane(0xC0), Side, Side);
        Assert.All(Colours(blue).Zip(Colours(thumbhash)), pair => Assert.InRange(pair.Second, pair.First - 1, pair.First + 1));

        static float[] Plane(int value) => [.. Enumerable.Repeat(value / 255f, Side * Side)];

        static int[] Colours(byte[] hash) => [hash[0] & 63, ((hash[1] << 2) | (hash[0] >> 6)) & 63, ((hash[2] << 4) | (hash[1] >> 4)) & 63];
    }

    private async Task<byte[]> SampleAsync(string extension)
    {
        var (plain, packed) = (Path.Combine(folder.FullName, "plain.ppm"), Path.Combine(folder.FullName, $"packed.{extension}"));
        await File.WriteAllBytesAsync(plain, [.. "P6 400 200 255\n"u8, .. Enumerable.Repeat<byte[]>([0x30, 0x60, 0xC0], 400 * 200).SelectMany(pixel => pixel)]);
        try
        {
            using var vips = Process.Start("vips", ["copy", plain, packed]);
            await vips.WaitForExitAsync();
            Assert.Equal(0, vips.ExitCode);
        }
        catch (Win32Exception)
        {
            Assert.Skip("needs the program vips; on Debian: apt-get install libvips-tools");
        }
        return await File.ReadAllBytesAsync(packed);
    }

    private static ImageFailure Failure(Action call) => Assert.Throws<SourceException>(call).Failure;

    private sealed class Admitted : IDisposable
    {
        public static Admitted Always { get; } = new();

        public void Dispose()
        {
        }
    }
}
