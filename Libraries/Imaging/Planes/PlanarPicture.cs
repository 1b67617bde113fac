using ImageLibrary.Imaging.Buffers;

namespace ImageLibrary.Imaging.Planes;

/// <summary>
/// A picture as JPEG keeps it: full-range BT.601 luma, and two chroma planes of possibly lower resolution whose
/// samples lie in the middle of the pixels that they cover. Gray pictures have luma only.
/// </summary>
internal sealed class PlanarPicture : IDisposable
{
    private bool _detached;

    /// <summary>Takes ownership of the planes.</summary>
    /// <param name="width">True width in pixels; the planes may be padded beyond it.</param>
    /// <param name="height">True height in pixels.</param>
    /// <param name="sampling">How many pixels a chroma sample covers.</param>
    /// <param name="planes">Luma, or luma, Cb and Cr.</param>
    internal PlanarPicture(double width, double height, ChromaSampling sampling, Plane[] planes)
    {
        Width = width;
        Height = height;
        Sampling = sampling;
        Planes = planes;
    }

    /// <summary>
    /// Width in pixels; after a scaled decode a fraction, because the last column is then only partly covered.
    /// </summary>
    internal double Width { get; }

    /// <summary>Height in pixels, a fraction like <see cref="Width"/>.</summary>
    internal double Height { get; }

    internal ChromaSampling Sampling { get; }

    /// <summary>How many original samples in each direction a sample is the mean of; more than one after a scaled decode.</summary>
    internal int Reduction { get; private init; } = 1;

    /// <summary>Whether the samples have the range of video instead of the full one; only decoded pictures may.</summary>
    internal bool IsVideoRange { get; private init; }

    internal IReadOnlyList<Plane> Planes { get; }

    internal bool IsGray => Planes.Count == 1;

    /// <summary>Rents planes for a whole number of pixels.</summary>
    internal static PlanarPicture Rent(NativeBufferPool pool, int width, int height, ChromaSampling sampling, bool gray)
    {
        var planes = new Plane[gray ? 1 : 3];
        try
        {
            for (var i = 0; i < planes.Length; i++)
            {
                planes[i] = new Plane(pool, sampling.PlaneWidth(i, width), sampling.PlaneHeight(i, height));
            }
        }
        catch
        {
            foreach (var plane in planes)
            {
                plane?.Dispose();
            }

            throw;
        }

        return new PlanarPicture(width, height, sampling, planes);
    }

    /// <summary>
    /// Repeats the last samples of luma over its padding, which decoders leave undefined and filters near the edge read.
    /// </summary>
    internal unsafe void ReplicateEdges()
    {
        var luma = Planes[0];
        var width = (int)Math.Ceiling(Width);
        var height = (int)Math.Ceiling(Height);
        if (width < luma.Width)
        {
            for (var y = 0; y < height; y++)
            {
                var row = new Span<byte>(luma.Row(y), luma.Width);
                row[width..].Fill(row[width - 1]);
            }
        }

        for (var y = height; y < luma.Height; y++)
        {
            luma.RowSpan(height - 1).CopyTo(new Span<byte>(luma.Row(y), luma.Width));
        }
    }

    /// <summary>Hands the planes over to the picture that a scaled decode made; this one no longer owns them.</summary>
    /// <param name="width">True width.</param>
    /// <param name="height">True height.</param>
    /// <param name="reduction">See <see cref="Reduction"/>.</param>
    internal PlanarPicture Detach(double width, double height, int reduction)
    {
        _detached = true;
        return new PlanarPicture(width, height, Sampling, [.. Planes]) { Reduction = reduction };
    }

    /// <summary>Hands the planes over as samples in the range of video; this one no longer owns them.</summary>
    internal PlanarPicture DetachVideo()
    {
        _detached = true;
        return new PlanarPicture(Width, Height, Sampling, [.. Planes]) { IsVideoRange = true };
    }

    public void Dispose()
    {
        if (_detached)
        {
            return;
        }

        foreach (var plane in Planes)
        {
            plane.Dispose();
        }
    }
}
