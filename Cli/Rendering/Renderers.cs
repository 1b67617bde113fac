using ImageLibrary.Core;
using ImageLibrary.Imaging;

namespace ImageLibrary.Cli.Rendering;

/// <summary>The renderer that this program was built with.</summary>
internal static class Renderers
{
#if OFFICIAL_MAGICK
    /// <summary>Creates ImageMagick's renderer, which has limits of its own beside those of pixels and sides.</summary>
    internal static IImageRenderer Create(RenderLimits? limits = null, ExtraFormats extra = ExtraFormats.None) =>
        limits is null ? new Imaging.Magick.MagickRenderer() : new Imaging.Magick.MagickRenderer(limits.MaxPixels, limits.MaxSide);

    /// <summary>ImageMagick keeps nothing for a thread.</summary>
    internal static void ReleaseThread()
    {
    }
#else
    /// <summary>Creates our renderer.</summary>
    internal static IImageRenderer Create(RenderLimits? limits = null, ExtraFormats extra = ExtraFormats.None) => new ImageRenderer(limits, extra);

    /// <summary>Frees what the codecs keep for the calling thread, at its end.</summary>
    internal static void ReleaseThread() => ImageRenderer.ReleaseThread();
#endif
}
