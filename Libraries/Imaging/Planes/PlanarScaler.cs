using ImageLibrary.Imaging.Buffers;

namespace ImageLibrary.Imaging.Planes;

/// <summary>
/// Resizes and turns a planar picture, as its rows come. Mirroring costs nothing, because it is done by the order of the weights;
/// the axes are exchanged last, on the small planes.
/// </summary>
internal sealed unsafe class PlanarScaler : IDisposable
{
    private readonly ScaleTarget _target;
    private readonly NativeBufferPool _pool;
    private readonly PlanarPicture _stored;
    private readonly (ResampleAxis Horizontal, ResampleAxis Vertical, SampleRange Range)[] _axes;
    private PlaneResampler[] _resamplers = [];

    /// <summary>Creates a scaler.</summary>
    /// <param name="source">The picture as stored.</param>
    /// <param name="target">The picture to make.</param>
    /// <param name="pool">Where the memory comes from.</param>
    internal PlanarScaler(PlanarShape source, ScaleTarget target, NativeBufferPool pool)
    {
        _target = target;
        _pool = pool;
        var turned = target.Orientation.Transpose;
        var stored = new PlanarShape(
            turned ? target.Height : target.Width,
            turned ? target.Width : target.Height,
            turned ? new ChromaSampling(target.Sampling.Y, target.Sampling.X) : target.Sampling,
            source.IsGray);
        _axes = [.. Enumerable.Range(0, source.PlaneCount).Select(i => Axes(source, stored, i, target.Orientation))];
        MiddleLength = Enumerable.Range(0, source.PlaneCount)
            .Max(i => PlaneResampler.MiddleLength(Plane.StrideOf(source.PlaneWidth(i)), _axes[i].Horizontal));
        _stored = PlanarPicture.Rent(pool, stored);
    }

    /// <summary>Numbers of 16 bits that <see cref="Advance"/> needs to work with.</summary>
    internal int MiddleLength { get; }

    /// <summary>Makes an upright picture of a whole one.</summary>
    internal static PlanarPicture Scale(PlanarPicture source, ScaleTarget target, NativeBufferPool pool)
    {
        using var scaler = new PlanarScaler(source.Shape, target, pool);
        using var middle = pool.Rent((nuint)scaler.MiddleLength * sizeof(short));
        scaler.Begin(source);
        for (var i = 0; i < source.Planes.Count; i++)
        {
            scaler.Advance(i, source.Planes[i].Height, (short*)middle.Pointer);
        }

        return scaler.Finish();
    }

    /// <summary>The most rows of a plane that are needed at once.</summary>
    internal int RowsAtOnce(int plane) => PlaneResampler.RowsAtOnce(_axes[plane].Vertical);

    /// <summary>Tells where the rows will come.</summary>
    internal void Begin(PlanarPicture source) => _resamplers =
    [
        .. _axes.Select((axes, i) => new PlaneResampler(
            source.Planes[i], _stored.Planes[i], axes.Horizontal, axes.Vertical, axes.Range.Offset, PlaneResampler.WidestVectors)),
    ];

    /// <summary>Uses the rows of a plane that were filled, from the uppermost.</summary>
    /// <param name="plane">Number of the plane.</param>
    /// <param name="rows">How many rows were filled.</param>
    /// <param name="middle">Room of <see cref="MiddleLength"/>.</param>
    internal void Advance(int plane, int rows, short* middle) => _resamplers[plane].Advance(rows, middle);

    /// <summary>Rows of a plane above this one are not needed any more.</summary>
    internal int FirstNeeded(int plane) => _resamplers[plane].FirstNeeded;

    /// <summary>The picture, when all rows were used; the caller's.</summary>
    internal PlanarPicture Finish()
    {
        if (!_target.Orientation.Transpose)
        {
            return _stored.Detach();
        }

        var upright = PlanarPicture.Rent(_pool, _target.Width, _target.Height, _target.Sampling, _stored.IsGray);
        for (var i = 0; i < upright.Planes.Count; i++)
        {
            PlaneTransposer.Transpose(_stored.Planes[i], upright.Planes[i]);
        }

        return upright;
    }

    public void Dispose() => _stored.Dispose();

    private static (ResampleAxis Horizontal, ResampleAxis Vertical, SampleRange Range) Axes(
        PlanarShape source, PlanarShape target, int plane, Orientation orientation)
    {
        var range = source.IsVideoRange ? SampleRange.Video(plane) : SampleRange.Full;
        return (
            ResampleAxis.Create(
                source.PlaneWidth(plane), source.Width / source.Sampling.StepX(plane),
                target.PlaneWidth(plane), target.Width / target.Sampling.StepX(plane), orientation.MirrorX, source.Reduction(plane), range.Gain),
            ResampleAxis.Create(
                source.PlaneHeight(plane), source.Height / source.Sampling.StepY(plane),
                target.PlaneHeight(plane), target.Height / target.Sampling.StepY(plane), orientation.MirrorY, source.Reduction(plane)),
            range);
    }
}
