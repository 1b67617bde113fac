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
    /// <param name="shape">What the planes are; they may be padded beyond its size.</param>
    /// <param name="planes">Luma, or luma, Cb and Cr.</param>
    internal PlanarPicture(PlanarShape shape, Plane[] planes)
    {
        Shape = shape;
        Planes = planes;
    }

    internal PlanarShape Shape { get; }

    /// <inheritdoc cref="PlanarShape.Width"/>
    internal double Width => Shape.Width;

    /// <inheritdoc cref="PlanarShape.Height"/>
    internal double Height => Shape.Height;

    internal ChromaSampling Sampling => Shape.Sampling;

    internal bool IsGray => Shape.IsGray;

    internal IReadOnlyList<Plane> Planes { get; }

    /// <summary>Rents planes for a whole number of pixels.</summary>
    internal static PlanarPicture Rent(NativeBufferPool pool, int width, int height, ChromaSampling sampling, bool gray) =>
        Rent(pool, new PlanarShape(width, height, sampling, gray));

    /// <summary>Rents the planes of a picture.</summary>
    internal static PlanarPicture Rent(NativeBufferPool pool, PlanarShape shape) =>
        Rent(shape, i => new Plane(pool, shape.PlaneWidth(i), shape.PlaneHeight(i)));

    /// <summary>Rents planes one by one.</summary>
    internal static PlanarPicture Rent(PlanarShape shape, Func<int, Plane> rent)
    {
        var planes = new Plane[shape.PlaneCount];
        try
        {
            for (var i = 0; i < planes.Length; i++)
            {
                planes[i] = rent(i);
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

        return new PlanarPicture(shape, planes);
    }

    /// <summary>
    /// Repeats the last samples of luma over its padding, which decoders leave undefined and filters near the edge read.
    /// </summary>
    internal void ReplicateEdges() => ReplicateEdges(0, Planes[0].Height);

    /// <summary>The same for some rows of luma.</summary>
    /// <param name="from">The first.</param>
    /// <param name="to">The one behind the last.</param>
    internal unsafe void ReplicateEdges(int from, int to)
    {
        var luma = Planes[0];
        var width = (int)Math.Ceiling(Width);
        var height = (int)Math.Ceiling(Height);
        if (width < luma.Width)
        {
            for (var y = from; y < Math.Min(to, height); y++)
            {
                var row = new Span<byte>(luma.Row(y), luma.Width);
                row[width..].Fill(row[width - 1]);
            }
        }

        for (var y = Math.Max(from, height); y < to; y++)
        {
            luma.RowSpan(height - 1).CopyTo(new Span<byte>(luma.Row(y), luma.Width));
        }
    }

    /// <summary>Hands the planes over as samples in the range of video; this one no longer owns them.</summary>
    internal PlanarPicture DetachVideo() => Detach(Shape with { IsVideoRange = true });

    /// <summary>Hands the planes over; this one no longer owns them.</summary>
    internal PlanarPicture Detach() => Detach(Shape);

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

    private PlanarPicture Detach(PlanarShape shape)
    {
        _detached = true;
        return new PlanarPicture(shape, [.. Planes]);
    }
}
