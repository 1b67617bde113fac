using ImageLibrary.Core;
using ImageLibrary.Imaging;

namespace ImageLibrary.Cli.Rendering;

/// <summary>The renderer that this program was built with.</summary>
internal static class Renderers
{
#if OFFICIAL_MAGICK
    /// <summary>Creates ImageMagick's renderer, which has limits of its own.</summary>
    internal static IImageRenderer Create(RenderLimits? limits = null, ExtraFormats extra = ExtraFormats.None) => new Imaging.Magick.MagickRenderer();
#else
    /// <summary>Creates our renderer.</summary>
    internal static IImageRenderer Create(RenderLimits? limits = null, ExtraFormats extra = ExtraFormats.None) => new ImageRenderer(limits, extra);
#endif
}
