using ImageLibrary.Imaging.Vips;

namespace ImageLibrary.Tests.Imaging;

/// <summary>Pictures of many pixels, of every kind that is kept in memory in a way of its own.</summary>
internal static unsafe class LargePictures
{
    private const int Byte = 0;
    private const int Word = 2;
    private const int Gray = 1;
    private const int Cmyk = 15;
    private const int Srgb = 22;
    private const int Rgb16 = 25;

    private const string Png = "pngsave_buffer";
    private const string Tiff = "tiffsave_buffer";
    private const string Avif = "heifsave_buffer";

    /// <summary>Each with what makes it.</summary>
    internal static IEnumerable<(string Name, Func<byte[]> Make)> All() => TestForm.IsLong ? [.. Telling(), .. Others()] : Telling();

    private static IEnumerable<(string Name, Func<byte[]> Make)> Telling()
    {
        yield return ("jpeg", () => Empty(5000, 4000, 3, Srgb, "jpegsave_buffer"));
        yield return ("jpeg by its means", () => Empty(16_000, 20_000, 3, Srgb, "jpegsave_buffer", save => save.Set("subsample_mode", 2)));
        yield return ("jpeg scan by scan", () => BadJpegs.ScanByScan(4000, 4000));
        yield return ("png", () => Empty(6000, 3000, 3, Srgb, Png));
        yield return ("wide png with alpha", () => Empty(65_500, 150, 4, Srgb, Png));
        yield return ("interlaced png", () => Empty(6000, 3500, 3, Srgb, Png, save => save.Set("interlace", 1)));
        yield return ("interlaced png of 16 bits", () => Empty(3000, 3000, 4, Rgb16, Png, save => save.Set("interlace", 1).Set("bitdepth", 16)));
        yield return ("planar tiff", () => TestTiff.Encode(5000, 4000, planar: true));
        yield return ("tiled tiff", () => TestTiff.Encode(6000, 4000, tile: (6016, 1024)));
        yield return ("bitmap", () => TestBmp.Encode(3000, 2000, 24));
        yield return ("webp", () => Noise(2000, 2000, 4, "webpsave_buffer", save => save.Set("effort", 0)));
        yield return ("gif", () => Empty(3000, 2000, 3, Srgb, "gifsave_buffer", save => save.Set("effort", 1)));
        yield return ("avif", () => Empty(3000, 2000, 3, Rgb16, Avif, save => save.Set("effort", 0).Set("compression", 4).Set("bitdepth", 12)));
    }

    private static IEnumerable<(string Name, Func<byte[]> Make)> Others()
    {
        yield return ("progressive jpeg", () => Empty(6000, 6000, 3, Srgb, "jpegsave_buffer", save => save.Set("interlace", 1).Set("subsample_mode", 2)));
        yield return ("gray progressive jpeg", () => Empty(7000, 7000, 1, Gray, "jpegsave_buffer", save => save.Set("interlace", 1)));
        yield return ("progressive jpeg in inks", () => Empty(6000, 6000, 4, Cmyk, "jpegsave_buffer", save => save.Set("interlace", 1)));
        yield return ("jpeg in inks", () => Empty(6000, 6000, 4, Cmyk, "jpegsave_buffer"));
        yield return ("small png", () => Empty(3000, 3000, 3, Srgb, Png));
        yield return ("wide png", () => Empty(30_000, 1000, 3, Srgb, Png));
        yield return ("higher png with alpha", () => Empty(65_500, 600, 4, Srgb, Png));
        yield return ("wide png of 16 bits", () => Empty(65_500, 150, 3, Rgb16, Png, save => save.Set("bitdepth", 16)));
        yield return ("wide png of 16 bits with alpha", () => Empty(65_500, 150, 4, Rgb16, Png, save => save.Set("bitdepth", 16)));
        yield return ("wide tiff with alpha", () => Empty(30_000, 1000, 4, Srgb, Tiff, save => save.Set("compression", 3)));
        yield return ("png of 16 bits with alpha", () => Empty(6000, 6000, 4, Rgb16, Png, save => save.Set("bitdepth", 16)));
        yield return ("gray interlaced png", () => Empty(6000, 6000, 1, Gray, Png, save => save.Set("interlace", 1)));
        yield return ("large interlaced png", () => Empty(12_000, 12_000, 3, Srgb, Png, save => save.Set("interlace", 1)));
        yield return ("tiff", () => Empty(6000, 6000, 3, Srgb, Tiff, save => save.Set("compression", 3)));
        yield return ("tiff of 16 bits", () => Empty(6000, 6000, 4, Rgb16, Tiff, save => save.Set("compression", 3)));
        yield return ("tiff of small tiles", () => Empty(6000, 6000, 3, Srgb, Tiff, save => save.Set("compression", 3).Set("tile", 1)));
        yield return ("tiff of large tiles", () => TestTiff.Encode(6000, 6000, tile: (3008, 3008)));
        yield return ("tiff with jpeg inside", () => Empty(6000, 6000, 3, Srgb, Tiff, save => save.Set("compression", 2)));
        yield return ("tiff of one strip", () => TestTiff.Encode(6000, 6000));
        yield return ("webp without loss", () => Noise(4000, 3000, 4, "webpsave_buffer", save => save.Set("lossless", 1).Set("effort", 0)));
        yield return ("webp of planes", () => Noise(4000, 3000, 3, "webpsave_buffer", save => save.Set("effort", 0)));
        yield return ("gif of noise", () => Noise(4000, 3000, 3, "gifsave_buffer", save => save.Set("effort", 1).Set("interlace", 1)));
        foreach (var (bands, sampling) in ((int, int)[])[(3, 1), (3, 2), (4, 1), (4, 2)])
        {
            yield return ($"avif of noise in {bands} bands, {sampling}", () => Noise(
                2000, 3000, bands, Avif, save => save.Set("effort", 0).Set("compression", 4).Set("subsample_mode", sampling)));
            yield return ($"avif of noise in {bands} bands of 12 bits, {sampling}", () => Noise(
                2000, 3000, bands, Avif, save => save.Set("effort", 0).Set("compression", 4).Set("subsample_mode", sampling).Set("bitdepth", 12), Rgb16));
        }
    }

    private static byte[] Empty(
        int width, int height, int bands, int interpretation, string operation, Func<VipsOperation, VipsOperation>? settings = null)
    {
        _ = VipsRuntime.EnsureStarted();
        using var make = new VipsOperation("black").Set("width", width).Set("height", height).Set("bands", bands);
        using var image = make.Image();
        return Save(image, interpretation, operation, settings);
    }

    private static byte[] Noise(
        int width, int height, int bands, string operation, Func<VipsOperation, VipsOperation> settings, int interpretation = Srgb)
    {
        const int Side = 500;
        _ = VipsRuntime.EnsureStarted();
        var samples = new byte[Side * Side * bands];
        new Random(1).NextBytes(samples);
        fixed (byte* data = samples)
        {
            using var tile = VipsImage.FromMemory(data, Side, Side, bands);
            using var make = new VipsOperation("replicate").Set("in", tile).Set("across", width / Side).Set("down", height / Side);
            using var small = make.Image();
            using var scale = new VipsOperation("linear").Set("in", small).Set("a", [interpretation == Rgb16 ? 257.0 : 1.0]).Set("b", [0.0]);
            using var image = scale.Image();
            return Save(image, interpretation, operation, settings);
        }
    }

    private static byte[] Save(VipsImage image, int interpretation, string operation, Func<VipsOperation, VipsOperation>? settings)
    {
        using var cast = new VipsOperation("cast").Set("in", image).Set("format", interpretation == Rgb16 ? Word : Byte);
        using var samples = cast.Image();
        using var copy = new VipsOperation("copy").Set("in", samples).Set("interpretation", interpretation);
        using var marked = copy.Image();
        using var save = new VipsOperation(operation).Set("in", marked);
        _ = settings?.Invoke(save);
        using var content = save.Content(TestPicture.Pool);
        return content.Memory.ToArray();
    }
}
