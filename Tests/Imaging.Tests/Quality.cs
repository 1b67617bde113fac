using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Jpeg;
using ImageLibrary.Imaging.Metadata;
using ImageLibrary.Imaging.Planes;
using ImageLibrary.Imaging.Vips;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

/// <summary>Measures the planes of pictures against a full-size decode with one Lanczos3 resize on sRGB values, then orientation.</summary>
internal static unsafe class Quality
{
    // Luma, Cb and Cr without their middle. Source: ITU-T T.871 (JFIF).
    private static readonly double[][] Weights = [[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]];

    /// <summary>A plane of the ideal derivative: luma, or one of chroma, whose samples are the means of four pixels.</summary>
    internal static double[,] Reference(byte[] source, int orientation, int width, int height, int plane = 0)
    {
        var (red, green, blue) = (Weights[plane][0], Weights[plane][1], Weights[plane][2]);
        var middle = plane == 0 ? 0 : 128;
        fixed (byte* data = source)
        {
            using var full = VipsLoader.Open(data, source.Length, ImageFormat.Detect(source)!, shrink: 1, VipsLoader.FailOn.None);
            var (storedWidth, storedHeight) = orientation >= 5 ? (height, width) : (width, height);
            using var resize = new VipsOperation("resize")
                .Set("in", full)
                .Set("scale", (double)storedWidth / full.Width)
                .Set("vscale", (double)storedHeight / full.Height);
            using var lazy = resize.Image();
            using var samples = lazy.CopyMemory();
            Assert.Equal((storedWidth, storedHeight), (samples.Width, samples.Height));
            var result = new double[height, width];
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    var (column, row) = Stored(x, y, orientation, storedWidth, storedHeight);
                    var pixel = samples.Data + ((nint)row * storedWidth + column) * samples.Bands;
                    result[y, x] = samples.Bands < 3 ? pixel[0] : middle + red * pixel[0] + green * pixel[1] + blue * pixel[2];
                }
            }

            return plane == 0 ? result : Quarter(result);
        }
    }

    /// <summary>
    /// The derivative as sharp makes it: libvips with the reduction while loading that sharp 0.35 chooses, one Lanczos3, and
    /// its encoder's defaults. Compared with sharp's own output, the samples differ by rounding only (over 55 dB).
    /// </summary>
    internal static byte[] Peer(byte[] jpeg, int width, int height, int quality)
    {
        fixed (byte* data = jpeg)
        {
            using var header = VipsLoader.Open(data, jpeg.Length, "jpeg", shrink: 1, VipsLoader.FailOn.None);
            var ratio = Math.Min((double)header.Width / width, (double)header.Height / height);
            var shrink = ratio switch { >= 8 => 8, >= 4 => 4, >= 2 => 2, _ => 1 };
            // Where the decoder's reduction would do nearly all of the work, sharp takes half of it.
            shrink = shrink > 1 && (int)ratio == shrink ? shrink / 2 : shrink;
            using var loaded = VipsLoader.Open(data, jpeg.Length, "jpeg", shrink, VipsLoader.FailOn.None);
            return Resized(loaded, width, height, quality);
        }
    }

    /// <summary>The derivative of another format as sharp makes it: WebP is reduced to the target while it is decoded.</summary>
    internal static byte[] PeerOfOther(byte[] source, int width, int height, int quality)
    {
        var format = ImageFormat.Detect(source)!;
        fixed (byte* data = source)
        {
            using var header = VipsLoader.Open(data, source.Length, format, shrink: 1, VipsLoader.FailOn.None);
            var scale = format == ImageFormat.WebP ? Math.Max((double)width / header.Width, (double)height / header.Height) : 1;
            using var loaded = VipsLoader.Open(data, source.Length, format, shrink: 1, VipsLoader.FailOn.None, scale);
            return Resized(loaded, width, height, quality);
        }
    }

    /// <summary>Luma of an encoded JPEG.</summary>
    internal static double[,] Luma(ReadOnlySpan<byte> jpeg) => Plane(jpeg, 0);

    /// <summary>A plane of an encoded JPEG as it is stored there: luma, Cb or Cr.</summary>
    internal static double[,] Plane(ReadOnlySpan<byte> jpeg, int plane)
    {
        using var planes = TurboJpegDecoder.Decode(jpeg, 8, new NativeBufferPool(0), out _);
        var samples = planes.Planes[plane];
        var (width, height) = plane == 0 ? ((int)planes.Width, (int)planes.Height) : (samples.Width, samples.Height);
        var result = new double[height, width];
        for (var y = 0; y < result.GetLength(0); y++)
        {
            for (var x = 0; x < result.GetLength(1); x++)
            {
                result[y, x] = samples.Row(y)[x];
            }
        }

        return result;
    }

    private static byte[] Resized(VipsImage loaded, int width, int height, int quality)
    {
        using var resize = new VipsOperation("resize")
            .Set("in", loaded).Set("scale", (double)width / loaded.Width).Set("vscale", (double)height / loaded.Height);
        using var image = resize.Image();
        using var save = new VipsOperation("jpegsave_buffer").Set("in", image).Set("Q", quality);
        using var content = save.Content(TestPicture.Pool);
        return content.Memory.ToArray();
    }

    private static double[,] Quarter(double[,] full)
    {
        var (height, width) = (full.GetLength(0), full.GetLength(1));
        var result = new double[(height + 1) / 2, (width + 1) / 2];
        for (var y = 0; y < result.GetLength(0); y++)
        {
            for (var x = 0; x < result.GetLength(1); x++)
            {
                var (right, below) = (Math.Min(2 * x + 1, width - 1), Math.Min(2 * y + 1, height - 1));
                result[y, x] = (full[2 * y, 2 * x] + full[2 * y, right] + full[below, 2 * x] + full[below, right]) / 4;
            }
        }

        return result;
    }

    internal static double Psnr(double[,] a, double[,] b)
    {
        Assert.Equal((a.GetLength(0), a.GetLength(1)), (b.GetLength(0), b.GetLength(1)));
        var sum = 0.0;
        for (var y = 0; y < a.GetLength(0); y++)
        {
            for (var x = 0; x < a.GetLength(1); x++)
            {
                sum += (a[y, x] - b[y, x]) * (a[y, x] - b[y, x]);
            }
        }

        return 10 * Math.Log10(255 * 255 / Math.Max(sum / a.Length, 1e-9));
    }

    /// <summary>Mean structural similarity over windows of 8×8. Source: Wang et al. (2004).</summary>
    internal static double Ssim(double[,] a, double[,] b)
    {
        const int Window = 8;
        const double C1 = 6.5025;
        const double C2 = 58.5225;
        var total = 0.0;
        var count = 0;
        for (var top = 0; top + Window <= a.GetLength(0); top += Window / 2)
        {
            for (var left = 0; left + Window <= a.GetLength(1); left += Window / 2, count++)
            {
                double sumA = 0, sumB = 0, squareA = 0, squareB = 0, product = 0;
                for (var y = top; y < top + Window; y++)
                {
                    for (var x = left; x < left + Window; x++)
                    {
                        sumA += a[y, x];
                        sumB += b[y, x];
                        squareA += a[y, x] * a[y, x];
                        squareB += b[y, x] * b[y, x];
                        product += a[y, x] * b[y, x];
                    }
                }

                const double N = Window * Window;
                var (meanA, meanB) = (sumA / N, sumB / N);
                var (varianceA, varianceB) = (squareA / N - meanA * meanA, squareB / N - meanB * meanB);
                var covariance = product / N - meanA * meanB;
                total += (2 * meanA * meanB + C1) * (2 * covariance + C2)
                    / ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2));
            }
        }

        return count == 0 ? 1 : total / count;
    }

    /// <summary>
    /// How far a picture is shifted against another, in pixels: the shift that explains most of their difference, by least
    /// squares over the gradients. Source: Lucas and Kanade (1981).
    /// </summary>
    internal static (double X, double Y) Shift(double[,] a, double[,] b)
    {
        double xx = 0, xy = 0, yy = 0, xd = 0, yd = 0;
        for (var y = 1; y < a.GetLength(0) - 1; y++)
        {
            for (var x = 1; x < a.GetLength(1) - 1; x++)
            {
                var (gx, gy) = ((b[y, x + 1] - b[y, x - 1]) / 2, (b[y + 1, x] - b[y - 1, x]) / 2);
                var difference = a[y, x] - b[y, x];
                xx += gx * gx;
                xy += gx * gy;
                yy += gy * gy;
                xd += gx * difference;
                yd += gy * difference;
            }
        }

        var determinant = xx * yy - xy * xy;
        return ((yd * xy - xd * yy) / determinant, (xd * xy - yd * xx) / determinant);
    }

    /// <summary>Mean of how far samples leave the range of the reference around them.</summary>
    internal static double Ringing(double[,] a, double[,] reference)
    {
        var sum = 0.0;
        for (var y = 1; y < a.GetLength(0) - 1; y++)
        {
            for (var x = 1; x < a.GetLength(1) - 1; x++)
            {
                var (low, high) = (double.MaxValue, double.MinValue);
                for (var around = 0; around < 9; around++)
                {
                    var sample = reference[y - 1 + around / 3, x - 1 + around % 3];
                    (low, high) = (Math.Min(low, sample), Math.Max(high, sample));
                }

                sum += Math.Max(0, Math.Max(low - a[y, x], a[y, x] - high));
            }
        }

        return sum / a.Length;
    }

    /// <summary>A JPEG with any chroma sampling that TurboJPEG knows.</summary>
    internal static byte[] EncodeSampled(int width, int height, ChromaSampling sampling, byte[]? samples = null)
    {
        samples ??= TestPicture.Samples(width, height, 3);
        fixed (byte* data = samples)
        {
            using var full = RgbConverter.ToPlanes(data, width, height, 3, TestPicture.Pool);
            using var reduced = PlanarScaler.Scale(full, new ScaleTarget(width, height, sampling, default), TestPicture.Pool);
            using var content = TurboJpegEncoder.Encode(reduced, 92, TestPicture.Pool);
            return content.Memory.ToArray();
        }
    }

    /// <summary>Where a shown pixel is stored, by the definition of EXIF (orientation tag).</summary>
    private static (int Column, int Row) Stored(int x, int y, int orientation, int width, int height) => orientation switch
    {
        2 => (width - 1 - x, y),
        3 => (width - 1 - x, height - 1 - y),
        4 => (x, height - 1 - y),
        5 => (y, x),
        6 => (y, height - 1 - x),
        7 => (width - 1 - y, height - 1 - x),
        8 => (width - 1 - y, x),
        _ => (x, y),
    };
}
