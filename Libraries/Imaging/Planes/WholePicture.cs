using ImageLibrary.Imaging.Buffers;

namespace ImageLibrary.Imaging.Planes;

/// <summary>Keeps all rows of a picture.</summary>
internal sealed class WholePicture(NativeBufferPool pool) : IRowReceiver, IDisposable
{
    private PlanarPicture? _picture;
    private int _filled;

    /// <inheritdoc/>
    public PlanarPicture Begin(PlanarShape shape, int rows) => _picture = PlanarPicture.Rent(pool, shape);

    /// <inheritdoc/>
    public void Advance(int rows)
    {
        _picture!.ReplicateEdges(_filled, rows);
        _filled = rows;
    }

    /// <summary>The picture, when all has come; the caller's.</summary>
    internal PlanarPicture Finish() => _picture!.Detach();

    public void Dispose() => _picture?.Dispose();
}
