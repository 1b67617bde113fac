using ImageLibrary.Core;
using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Imaging.Encoding;

/// <summary>Encodes planar pictures as <see cref="ThumbHash"/>.</summary>
internal static class ThumbHashEncoder
{
    private const int LongSide = 64;

    /// <summary>Encodes any planar picture; it is averaged down first.</summary>
    internal static byte[] Encode(PlanarPicture picture)
    {
        var shrink = Math.Max(1, Math.Max(picture.Width, picture.Height) / LongSide);
        var width = Math.Max(1, (int)Math.Round(picture.Width / shrink));
        var height = Math.Max(1, (int)Math.Round(picture.Height / shrink));
        var y = Average(picture.Planes[0], width, height);
        var u = picture.IsGray ? Constant(width * height) : Average(picture.Planes[1], width, height);
        var v = picture.IsGray ? Constant(width * height) : Average(picture.Planes[2], width, height);
        ToRgb(y, u, v);
        return ThumbHash.Encode(y, u, v, width, height);
    }

    /// <summary>Box averages, scaled to 0–1; works on planes of any resolution.</summary>
    private static float[] Average(Plane plane, int width, int height)
    {
        var result = new float[width * height];
        for (var y = 0; y < height; y++)
        {
            var (top, bottom) = Cell(y, height, plane.Height);
            for (var x = 0; x < width; x++)
            {
                var (left, right) = Cell(x, width, plane.Width);
                var sum = 0;
                for (var row = top; row < bottom; row++)
                {
                    foreach (var sample in plane.RowSpan(row)[left..right])
                    {
                        sum += sample;
                    }
                }

                result[y * width + x] = sum / (255f * (bottom - top) * (right - left));
            }
        }

        return result;
    }

    private static (int Start, int End) Cell(int index, int count, int size)
    {
        var start = Math.Min((int)((long)index * size / count), size - 1);
        return (start, Math.Max(start + 1, (int)((long)(index + 1) * size / count)));
    }

    private static float[] Constant(int count)
    {
        var result = new float[count];
        Array.Fill(result, 128 / 255f);
        return result;
    }

    /// <summary>YCbCr to sRGB, in place.</summary>
    private static void ToRgb(float[] y, float[] u, float[] v)
    {
        for (var i = 0; i < y.Length; i++)
        {
            var (luma, cb, cr) = (y[i], u[i] - 128 / 255f, v[i] - 128 / 255f);
            y[i] = Math.Clamp(luma + 1.402f * cr, 0, 1);
            u[i] = Math.Clamp(luma - 0.344136f * cb - 0.714136f * cr, 0, 1);
            v[i] = Math.Clamp(luma + 1.772f * cb, 0, 1);
        }
    }
}
