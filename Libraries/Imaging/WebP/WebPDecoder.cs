using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Native;
using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Imaging.WebP;

/// <summary>
/// Decodes lossy WebP to the planes that it is made of, so that chroma is neither enlarged nor converted. Whatever is
/// unusual, transparent, animated or damaged is left to libvips.
/// </summary>
internal static unsafe class WebPDecoder
{
    private const int FormatLossy = 1;

    /// <summary>Whether the planes of a file can be had.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="width">Width that it is taken to have.</param>
    /// <param name="height">Height that it is taken to have.</param>
    internal static bool CanDecode(ReadOnlySpan<byte> file, int width, int height)
    {
        fixed (byte* data = file)
        {
            return NativeLibraryResolver.HasWebP && WebPNative.GetFeatures(data, (nuint)file.Length, out var features) == 0
                && features is { HasAlpha: 0, HasAnimation: 0, Format: FormatLossy }
                && (features.Width, features.Height) == (width, height);
        }
    }

    /// <summary>Decodes.</summary>
    /// <param name="file">The whole file, which <see cref="CanDecode"/>.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="pool">Where the planes come from.</param>
    /// <returns>Null when the file is damaged.</returns>
    internal static PlanarPicture? TryDecode(ReadOnlySpan<byte> file, int width, int height, NativeBufferPool pool)
    {
        using var rented = PlanarPicture.Rent(pool, width, height, ChromaSampling.Quarter, gray: false);
        var (luma, blue, red) = (rented.Planes[0], rented.Planes[1], rented.Planes[2]);
        fixed (byte* data = file)
        {
            return WebPNative.DecodePlanes(
                data, (nuint)file.Length, luma.Row(0), Bytes(luma), luma.Stride, blue.Row(0), Bytes(blue), blue.Stride,
                red.Row(0), Bytes(red), red.Stride) is null ? null : rented.DetachVideo();
        }
    }

    private static nuint Bytes(Plane plane) => (nuint)plane.Stride * (nuint)plane.Height;
}
