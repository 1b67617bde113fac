using ImageLibrary.Imaging.Metadata;
using ImageLibrary.Imaging.Native;

namespace ImageLibrary.Imaging.Vips;

/// <summary>
/// Opens pictures with the one loader that their content calls for, so that libvips never guesses and no other
/// loader can be reached.
/// </summary>
internal static unsafe class VipsLoader
{
    private const int AccessSequential = 1;

    /// <summary>At which damage loading gives up. Source: VipsFailOn.</summary>
    internal enum FailOn
    {
        /// <summary>Never, if anything can be shown.</summary>
        None = 0,

        /// <summary>When the data ends early.</summary>
        Truncated = 1,

        /// <summary>At any error of the codec.</summary>
        Error = 2,
    }

    /// <summary>Opens the first page or frame; nothing is decoded until samples are asked for.</summary>
    /// <param name="data">The whole file; must outlive the image and all made from it.</param>
    /// <param name="length">Its length.</param>
    /// <param name="format">Format by content.</param>
    /// <param name="shrink">Reduction while loading, for JPEG: 1, 2, 4 or 8.</param>
    /// <param name="failOn">Tolerance.</param>
    /// <param name="scale">Scale while loading, for WebP: at most 1.</param>
    /// <exception cref="VipsException">The header makes no sense.</exception>
    internal static VipsImage Open(byte* data, int length, string format, int shrink, FailOn failOn, double scale = 1)
    {
        // That the data of a TIFF ends early is an error like others to libvips, and passes unseen otherwise.
        failOn = format == ImageFormat.Tiff && failOn == FailOn.Truncated ? FailOn.Error : failOn;
        using var load = new VipsOperation(Operation(format))
            .SetBuffer("buffer", data, length)
            .Set("access", AccessSequential)
            .Set("fail_on", (int)failOn);
        if (shrink > 1)
        {
            load.Set("shrink", shrink);
        }

        if (scale < 1)
        {
            load.Set("scale", scale);
        }

        return load.Image();
    }

    /// <summary>Whether this build of libvips can read a format.</summary>
    internal static bool IsAvailable(string format)
    {
        _ = VipsRuntime.EnsureStarted();
        return VipsNative.TypeFind("VipsOperation", Operation(format)) != 0;
    }

    /// <summary>Classes of libvips that read formats, all of their forms together.</summary>
    internal static IEnumerable<string> Classes(ExtraFormats formats)
    {
        (ExtraFormats Format, string Class)[] all =
        [
            (ExtraFormats.Heic, "VipsForeignLoadHeif"), (ExtraFormats.Jpeg2000, "VipsForeignLoadJp2k"),
            (ExtraFormats.JpegXl, "VipsForeignLoadJxl"), (ExtraFormats.Svg, "VipsForeignLoadSvg"),
        ];
        return all.Where(loader => formats.HasFlag(loader.Format)).Select(loader => loader.Class);
    }

    private static string Operation(string format) => format switch
    {
        ImageFormat.Jpeg => "jpegload_buffer",
        ImageFormat.Png => "pngload_buffer",
        ImageFormat.WebP => "webpload_buffer",
        ImageFormat.Gif => "gifload_buffer",
        ImageFormat.Tiff => "tiffload_buffer",
        ImageFormat.Avif or ImageFormat.Heic => "heifload_buffer",
        ImageFormat.JpegXl => "jxlload_buffer",
        ImageFormat.Jpeg2000 => "jp2kload_buffer",
        ImageFormat.Svg => "svgload_buffer",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "no loader"),
    };
}
