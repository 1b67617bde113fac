using ImageLibrary.Imaging.Buffers;

namespace ImageLibrary.Imaging.Planes;

/// <summary>Scales a picture to several sizes while it is decoded, and keeps of its rows only those that are still needed.</summary>
internal sealed unsafe class ScaledPictures(IReadOnlyList<ScaleTarget> targets, NativeBufferPool pool) : IRowReceiver, IDisposable
{
    private readonly List<PlanarScaler> _scalers = [];
    private PlanarPicture? _window;
    private NativeBuffer? _middle;
    private int _rowsAtATime;
    private int _filled;

    /// <inheritdoc/>
    public PlanarPicture Begin(PlanarShape shape, int rows)
    {
        _rowsAtATime = rows;
        foreach (var target in targets)
        {
            _scalers.Add(new PlanarScaler(shape, target, pool));
        }

        _window = PlanarPicture.Rent(shape, i =>
        {
            // Twice what is needed, so that rows are seldom moved.
            var kept = 2 * (_scalers.Max(scaler => scaler.RowsAtOnce(i)) + rows / shape.Sampling.StepY(i));
            return new Plane(pool, shape.PlaneWidth(i), shape.PlaneHeight(i), Math.Min(kept, shape.PlaneHeight(i)));
        });
        _middle = pool.Rent((nuint)_scalers.Max(scaler => scaler.MiddleLength) * sizeof(short));
        _scalers.ForEach(scaler => scaler.Begin(_window));
        return _window;
    }

    /// <inheritdoc/>
    public void Advance(int rows)
    {
        var window = _window!;
        window.ReplicateEdges(_filled, rows);
        _filled = rows;
        for (var i = 0; i < window.Planes.Count; i++)
        {
            var plane = window.Planes[i];
            var step = window.Sampling.StepY(i);
            var filled = rows / step;
            var needed = filled;
            foreach (var scaler in _scalers)
            {
                scaler.Advance(i, filled, (short*)_middle!.Pointer);
                needed = Math.Min(needed, scaler.FirstNeeded(i));
            }

            plane.Slide(needed, filled, Math.Min(filled + _rowsAtATime / step, plane.Height));
        }
    }

    /// <summary>The pictures in the order of the targets, when all rows have come; the caller's.</summary>
    internal IReadOnlyList<PlanarPicture> Finish()
    {
        var pictures = new List<PlanarPicture>();
        try
        {
            _scalers.ForEach(scaler => pictures.Add(scaler.Finish()));
            return pictures;
        }
        catch
        {
            pictures.ForEach(picture => picture.Dispose());
            throw;
        }
    }

    public void Dispose()
    {
        _scalers.ForEach(scaler => scaler.Dispose());
        _window?.Dispose();
        _middle?.Dispose();
    }
}
