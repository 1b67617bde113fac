using ImageLibrary.Imaging.Planes;
using ImageLibrary.Imaging.Vips;

namespace ImageLibrary.Imaging.Pipeline;

/// <summary>A source after its one decode.</summary>
/// <param name="Planes">Its planes, on white where it is transparent.</param>
/// <param name="Orientation">How the planes are turned.</param>
/// <param name="Samples">Upright samples with their alpha, where libvips decoded; else null.</param>
/// <param name="Damaged">The source is damaged, but enough remains.</param>
internal sealed record DecodedSource(
    PlanarPicture Planes, Orientation Orientation, VipsImage? Samples, bool Damaged) : IDisposable
{
    public void Dispose()
    {
        Planes.Dispose();
        Samples?.Dispose();
    }
}
