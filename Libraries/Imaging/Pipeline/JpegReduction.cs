using ImageLibrary.Imaging.Jpeg;
using ImageLibrary.Imaging.Metadata;
using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Imaging.Pipeline;

/// <summary>How far a JPEG is reduced during its inverse transform.</summary>
internal static class JpegReduction
{
    private const double ChromaHalfFrom = 2.75;

    /// <summary>
    /// Eighths of the size for planes, of which chroma stays as coarse as it is stored: a column for four of luma (4:1:1) would
    /// at the usual size be coarser than the derivative's own.
    /// </summary>
    internal static int PlaneEighths(JpegHeader jpeg, int targetWidth, int targetHeight)
    {
        var eighths = Eighths(jpeg.Width, jpeg.Height, targetWidth, targetHeight);
        return jpeg.Sampling.X > ChromaSampling.Quarter.X ? Math.Min(8, 2 * eighths) : eighths;
    }

    /// <summary>
    /// The size for decoders that can make chroma smaller than luma: half where that still leaves a good part of the reduction to
    /// the filter, and all targets lose more of chroma when they are written.
    /// </summary>
    /// <param name="jpeg">The source.</param>
    /// <param name="eighths">What <see cref="PlaneEighths"/> gave.</param>
    /// <param name="targets">The pictures to make of the planes; none when that is not known.</param>
    internal static JpegScale PlaneScale(JpegHeader jpeg, int eighths, IReadOnlyList<ScaleTarget> targets)
    {
        if (eighths < 4 || targets.Count == 0 || targets.Any(target => target.FineColours || target.Sampling == ChromaSampling.Full))
        {
            return JpegScale.Of(eighths);
        }

        var scale = targets.Min(target => ChromaScale(jpeg, target)) * eighths / 8;
        return new JpegScale(eighths, scale >= ChromaHalfFrom ? eighths / 2 : eighths);
    }

    /// <summary>
    /// Eighths of the size to which a JPEG is decoded: at least the target size, and half a step more where the inverse
    /// transform would do nearly all of the reduction. Its means blur and alias, which shows at hard edges, while a larger
    /// decode costs little: most of the time goes into the entropy code, which has to be read anyway.
    /// </summary>
    internal static int Eighths(int width, int height, int targetWidth, int targetHeight)
    {
        var scale = Math.Min((double)width / targetWidth, (double)height / targetHeight);
        return scale switch
        {
            >= 9 => 1,
            >= 5 => 2,
            >= 3 => 4,
            _ => 8,
        };
    }

    /// <summary>Samples of chroma as stored for each that a target has, in the direction that has fewer.</summary>
    private static double ChromaScale(JpegHeader jpeg, ScaleTarget target)
    {
        var (width, height) = target.Orientation.Transpose ? (target.Height, target.Width) : (target.Width, target.Height);
        var (stepX, stepY) = target.Orientation.Transpose ? (target.Sampling.Y, target.Sampling.X) : (target.Sampling.X, target.Sampling.Y);
        return Math.Min((double)jpeg.Width / width * stepX / jpeg.Sampling.X, (double)jpeg.Height / height * stepY / jpeg.Sampling.Y);
    }
}
