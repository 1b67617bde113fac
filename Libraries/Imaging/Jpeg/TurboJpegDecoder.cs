using System.Runtime.InteropServices;
using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Native;
using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Imaging.Jpeg;

/// <summary>Decodes gray and YCbCr JPEGs to planes, reduced during the inverse transform.</summary>
internal static unsafe class TurboJpegDecoder
{
    /// <summary>Whether TurboJPEG can hand out the planes of a file; other files go through libvips.</summary>
    /// <param name="jpeg">The whole file.</param>
    internal static bool CanDecode(ReadOnlySpan<byte> jpeg)
    {
        using var decoder = TurboJpegHandle.ForDecoding();
        return TryReadHeader(decoder, jpeg, out _, out _, out _);
    }

    /// <summary>Decodes to <paramref name="eighths"/>/8 of the size.</summary>
    /// <param name="jpeg">The whole file.</param>
    /// <param name="eighths">1, 2, 4 or 8; below 8, each sample is a mean.</param>
    /// <param name="pool">Where the planes come from.</param>
    /// <param name="warning">What was wrong with the data, when it could be decoded all the same.</param>
    /// <returns>The planes, not yet upright.</returns>
    /// <exception cref="TurboJpegException">Nothing could be decoded.</exception>
    internal static PlanarPicture Decode(ReadOnlySpan<byte> jpeg, int eighths, NativeBufferPool pool, out string? warning)
    {
        using var decoder = TurboJpegHandle.ForDecoding();
        if (!TryReadHeader(decoder, jpeg, out var width, out var height, out var sampling) || sampling is null)
        {
            throw new TurboJpegException(decoder.LastMessage);
        }

        var gray = sampling == TurboJpegSampling.Gray;
        var scaledWidth = (width * eighths + 7) / 8;
        var scaledHeight = (height * eighths + 7) / 8;
        var chroma = TurboJpegSampling.All[sampling.Value];
        using var rented = PlanarPicture.Rent(
            pool,
            new PlanarShape(width * eighths / 8.0, height * eighths / 8.0, chroma, gray) { LumaReduction = 8 / eighths, ChromaReduction = 8 / eighths });
        var planes = stackalloc byte*[3];
        var strides = stackalloc int[3];
        for (var i = 0; i < rented.Planes.Count; i++)
        {
            planes[i] = rented.Planes[i].Row(0);
            strides[i] = rented.Planes[i].Stride;
        }

        warning = null;
        fixed (byte* data = jpeg)
        {
            var result = TurboJpegNative.DecompressToPlanes(
                decoder, data, new CULong((nuint)jpeg.Length), planes, scaledWidth, strides, scaledHeight,
                TurboJpegNative.FlagLimitScans);
            if (result != 0)
            {
                warning = decoder.LastMessage;
                if (!decoder.LastWasWarning)
                {
                    throw new TurboJpegException(warning);
                }
            }
        }

        return rented.Detach();
    }

    private static bool TryReadHeader(
        TurboJpegHandle decoder, ReadOnlySpan<byte> jpeg, out int width, out int height, out int? sampling)
    {
        const int ColourYCbCr = 1;
        const int ColourGray = 2;
        sampling = null;
        fixed (byte* data = jpeg)
        {
            var result = TurboJpegNative.DecompressHeader(
                decoder, data, new CULong((nuint)jpeg.Length), out width, out height, out var number, out var colour);
            if ((result != 0 && !decoder.LastWasWarning) || colour is not (ColourYCbCr or ColourGray)
                || number < 0 || number >= TurboJpegSampling.All.Length)
            {
                return false;
            }

            sampling = number;
            return true;
        }
    }
}
