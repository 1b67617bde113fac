using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Metadata;
using ImageLibrary.Imaging.Vips;

namespace ImageLibrary.Imaging.Encoding;

/// <summary>Encodes the formats other than JPEG, without metadata.</summary>
internal static class VipsEncoder
{
    private const int KeepNothing = 0;
    private static readonly Version KeepIsKnown = new(8, 15);
    private const int CompressionAv1 = 4;

    // Beyond these, files shrink by a few per cent and times double.
    private const int PngCompression = 6;
    private const int WebPEffort = 4;
    private const int AvifEffort = 2;

    /// <summary>Encodes 8-bit samples, gray or sRGB, with or without alpha.</summary>
    /// <exception cref="VipsException">The encoder refused.</exception>
    internal static NativeContent Encode(VipsImage image, string format, int quality, NativeBufferPool pool)
    {
        using var save = format switch
        {
            ImageFormat.Png => new VipsOperation("pngsave_buffer").Set("compression", PngCompression),
            ImageFormat.WebP => new VipsOperation("webpsave_buffer").Set("Q", quality).Set("effort", WebPEffort),
            ImageFormat.Avif => new VipsOperation("heifsave_buffer")
                .Set("Q", quality).Set("compression", CompressionAv1).Set("effort", AvifEffort),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "no encoder"),
        };
        _ = VipsRuntime.EnsureStarted() >= KeepIsKnown ? save.Set("keep", KeepNothing) : save.Set("strip", 1);
        return save.Set("in", image).Content(pool);
    }
}
