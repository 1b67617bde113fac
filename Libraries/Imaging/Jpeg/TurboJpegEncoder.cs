using System.Runtime.InteropServices;
using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Native;
using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Imaging.Jpeg;

/// <summary>Encodes planes as baseline JPEG with standard Huffman tables, which cost 3 to 5 % of size and save a fifth of the time.</summary>
internal static unsafe class TurboJpegEncoder
{
    /// <summary>Encodes a picture of whole pixels.</summary>
    /// <param name="picture">Of any chroma sampling.</param>
    /// <param name="quality">1 to 100.</param>
    /// <param name="pool">Where the result's memory comes from.</param>
    /// <exception cref="TurboJpegException">The encoder refused.</exception>
    internal static NativeContent Encode(PlanarPicture picture, int quality, NativeBufferPool pool)
    {
        var sampling = TurboJpegSampling.Number(picture);
        var width = (int)picture.Width;
        var height = (int)picture.Height;
        var worstCase = TurboJpegNative.BufferSize(width, height, sampling).Value;
        using var encoder = TurboJpegHandle.ForEncoding();
        using var scratch = pool.Rent(worstCase);
        var planes = stackalloc byte*[3];
        var strides = stackalloc int[3];
        for (var i = 0; i < picture.Planes.Count; i++)
        {
            planes[i] = picture.Planes[i].Row(0);
            strides[i] = picture.Planes[i].Stride;
        }

        var output = scratch.Pointer;
        var size = new CULong(worstCase);
        if (TurboJpegNative.CompressFromPlanes(
                encoder, planes, width, strides, height, sampling, ref output, ref size, quality,
                TurboJpegNative.FlagNoRealloc | TurboJpegNative.FlagAccurateDct) != 0)
        {
            throw new TurboJpegException(encoder.LastMessage);
        }

        return NativeContent.Copy(pool, scratch.Span((int)size.Value));
    }
}
