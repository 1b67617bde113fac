using ImageLibrary.Imaging.Buffers;

namespace ImageLibrary.Imaging.Planes;

/// <summary>Keeps all rows of a picture.</summary>
internal sealed class WholePicture(NativeBufferPool pool) : IRowReceiver, IDisposable
{
    private PlanarPicture? _picture;

    /// <inheritdoc/>
    public PlanarPicture Begin(PlanarShape shape, int rows) => _picture = PlanarPicture.Rent(pool, shape);

    /// <inheritdoc/>
    public void Advance(int rows)
    {
    }

    /// <summary>The picture, when all has come; the caller's.</summary>
    internal PlanarPicture Finish() => _picture!.Detach();

    public void Dispose() => _picture?.Dispose();
}
