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

    // In the range of video.
    private const byte White = 235;
    private const byte Neutral = 128;

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

    /// <summary>The size of a still picture, of which the beginning is enough.</summary>
    /// <param name="file">As much of the file as there is.</param>
    /// <returns>Null for other files, and where libwebp is not installed.</returns>
    internal static (int Width, int Height)? ReadSize(ReadOnlySpan<byte> file)
    {
        fixed (byte* data = file)
        {
            return NativeLibraryResolver.HasWebP && WebPNative.GetFeatures(data, (nuint)file.Length, out var features) == 0
                && features.HasAnimation == 0 ? (features.Width, features.Height) : null;
        }
    }

    /// <summary>Decodes the rows that are there of a still picture of any kind, transparent pixels on white; the others are gray.</summary>
    /// <param name="file">As much of the file as there is.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="pool">Where the planes come from.</param>
    /// <param name="rows">How many rows are there.</param>
    /// <returns>Null when there is none.</returns>
    internal static PlanarPicture? TryDecodeRows(ReadOnlySpan<byte> file, int width, int height, NativeBufferPool pool, out int rows)
    {
        rows = 0;
        fixed (byte* data = file)
        {
            if (!NativeLibraryResolver.HasWebP || WebPNative.GetFeatures(data, (nuint)file.Length, out var features) != 0
                || features.HasAnimation != 0 || (features.Width, features.Height) != (width, height))
            {
                return null;
            }

            using var rented = PlanarPicture.Rent(pool, width, height, ChromaSampling.Quarter, gray: false);
            using var opacity = features.HasAlpha != 0 ? new Plane(pool, width, height) : null;
            var (luma, blue, red) = (rented.Planes[0], rented.Planes[1], rented.Planes[2]);
            var decoder = WebPNative.NewDecoder(
                luma.Row(0), Bytes(luma), luma.Stride, blue.Row(0), Bytes(blue), blue.Stride, red.Row(0), Bytes(red), red.Stride,
                opacity is null ? null : opacity.Row(0), opacity is null ? 0 : Bytes(opacity), opacity?.Stride ?? 0);
            try
            {
                _ = WebPNative.Update(decoder, data, (nuint)file.Length);
                if (WebPNative.Decoded(decoder, out rows, null, null, null, out _, out _, null, null, null) is null || rows == 0)
                {
                    return null;
                }
            }
            finally
            {
                WebPNative.Delete(decoder);
            }

            // A row of chroma that belongs to the first missing row, too, is there.
            ClearFrom(luma, rows);
            ClearFrom(blue, (rows + 1) / 2);
            ClearFrom(red, (rows + 1) / 2);
            if (opacity is not null)
            {
                LayOnWhite(rented, opacity, rows);
            }

            return rented.DetachVideo();
        }
    }

    private static void ClearFrom(Plane plane, int row)
    {
        for (var y = row; y < plane.Height; y++)
        {
            Row(plane, y).Fill(Neutral);
        }
    }

    private static void LayOnWhite(PlanarPicture picture, Plane opacity, int rows)
    {
        for (var y = 0; y < rows; y++)
        {
            var alpha = opacity.RowSpan(y);
            var luma = Row(picture.Planes[0], y);
            for (var x = 0; x < opacity.Width; x++)
            {
                luma[x] = Mix(luma[x], White, alpha[x]);
                if (((x | y) & 1) == 0)
                {
                    var blue = Row(picture.Planes[1], y / 2);
                    var red = Row(picture.Planes[2], y / 2);
                    (blue[x / 2], red[x / 2]) = (Mix(blue[x / 2], Neutral, alpha[x]), Mix(red[x / 2], Neutral, alpha[x]));
                }
            }
        }
    }

    private static Span<byte> Row(Plane plane, int y) => new(plane.Row(y), plane.Width);

    private static byte Mix(int colour, int ground, int alpha) => (byte)((colour * alpha + ground * (255 - alpha) + 127) / 255);

    private static nuint Bytes(Plane plane) => (nuint)plane.Stride * (nuint)plane.Height;
}
