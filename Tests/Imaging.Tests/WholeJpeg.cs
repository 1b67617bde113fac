using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Jpeg;
using ImageLibrary.Imaging.Jpeg.Baseline;
using ImageLibrary.Imaging.Jpeg.Progressive;
using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Tests.Imaging;

/// <summary>All rows of a JPEG, by decoders of our own; null where they leave it to another.</summary>
internal static class WholeJpeg
{
    internal static PlanarPicture? Baseline(ReadOnlySpan<byte> jpeg, int eighths, NativeBufferPool pool, CancellationToken cancellationToken) =>
        Baseline(jpeg, JpegScale.Of(eighths), pool, cancellationToken);

    internal static PlanarPicture? Baseline(ReadOnlySpan<byte> jpeg, JpegScale scale, NativeBufferPool pool, CancellationToken cancellationToken)
    {
        using var whole = new WholePicture(pool);
        return BaselineDecoder.TryDecode(jpeg, scale, whole, pool, cancellationToken) ? whole.Finish() : null;
    }

    internal static PlanarPicture? Progressive(ReadOnlySpan<byte> jpeg, int eighths, NativeBufferPool pool, CancellationToken cancellationToken) =>
        Progressive(jpeg, JpegScale.Of(eighths), pool, cancellationToken);

    internal static PlanarPicture? Progressive(ReadOnlySpan<byte> jpeg, JpegScale scale, NativeBufferPool pool, CancellationToken cancellationToken)
    {
        using var whole = new WholePicture(pool);
        return ProgressiveDecoder.TryDecode(jpeg, scale, whole, pool, cancellationToken) ? whole.Finish() : null;
    }
}
