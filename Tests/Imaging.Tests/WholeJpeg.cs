using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Jpeg.Baseline;
using ImageLibrary.Imaging.Jpeg.Progressive;
using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Tests.Imaging;

/// <summary>All rows of a JPEG, by decoders of our own; null where they leave it to another.</summary>
internal static class WholeJpeg
{
    internal static PlanarPicture? Baseline(ReadOnlySpan<byte> jpeg, int eighths, NativeBufferPool pool, CancellationToken cancellationToken)
    {
        using var whole = new WholePicture(pool);
        return BaselineDecoder.TryDecode(jpeg, eighths, whole, pool, cancellationToken) ? whole.Finish() : null;
    }

    internal static PlanarPicture? Progressive(ReadOnlySpan<byte> jpeg, int eighths, NativeBufferPool pool, CancellationToken cancellationToken)
    {
        using var whole = new WholePicture(pool);
        return ProgressiveDecoder.TryDecode(jpeg, eighths, whole, pool, cancellationToken) ? whole.Finish() : null;
    }
}
