using ImageLibrary.Imaging.Metadata;
using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Imaging.Pipeline;

/// <summary>How far a JPEG is reduced during its inverse transform.</summary>
internal static class JpegReduction
{
    /// <summary>
    /// Eighths of the size for planes, of which chroma stays as coarse as it is stored: a column for four of luma (4:1:1) would
    /// at the usual size be coarser than the derivative's own.
    /// </summary>
    internal static int PlaneEighths(JpegHeader jpeg, int targetWidth, int targetHeight)
    {
        var eighths = Eighths(jpeg.Width, jpeg.Height, targetWidth, targetHeight);
        return jpeg.ChromaStep > ChromaSampling.Quarter.X ? Math.Min(8, 2 * eighths) : eighths;
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
}
