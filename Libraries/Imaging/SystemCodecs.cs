using ImageLibrary.Imaging.Metadata;
using ImageLibrary.Imaging.Native;

namespace ImageLibrary.Imaging;

/// <summary>
/// The system's libvips in place of our own, for a process that reads nothing but <see cref="ExtraFormats"/>: a process can hold
/// only one of the two.
/// </summary>
public static class SystemCodecs
{
    /// <summary>What this process reads by the system's libvips.</summary>
    internal static ExtraFormats Bound { get; private set; }

    /// <summary>Chooses the system's libvips for this process; before anything is rendered. Loads nothing yet.</summary>
    /// <param name="formats">What is read; loaders of all else stay shut.</param>
    public static void Bind(ExtraFormats formats)
    {
        Bound = formats;
        NativeLibraryResolver.UseSystemVips();
    }

    /// <summary>Which of the formats a file is, by content.</summary>
    /// <param name="file">The whole file.</param>
    /// <returns>One format, or none.</returns>
    public static ExtraFormats Detect(ReadOnlySpan<byte> file) => ImageFormat.DetectExtra(file) switch
    {
        ImageFormat.Heic => ExtraFormats.Heic,
        ImageFormat.Jpeg2000 => ExtraFormats.Jpeg2000,
        ImageFormat.JpegXl => ExtraFormats.JpegXl,
        ImageFormat.Svg => ExtraFormats.Svg,
        _ => ExtraFormats.None,
    };
}
