using ImageLibrary.Imaging.Planes;

namespace ImageLibrary.Imaging.Encoding;

/// <summary>
/// ThumbHash of an opaque picture: the lowest frequencies of its colours in at most 25 bytes.
/// Source: Evan Wallace, ThumbHash (format description, 2023).
/// </summary>
internal static class ThumbHashEncoder
{
    private const int LongSide = 64;
    private const int LumaTerms = 7;
    private const int ChromaTerms = 3;

    /// <summary>Encodes any planar picture; it is averaged down first.</summary>
    internal static byte[] Encode(PlanarPicture picture)
    {
        var shrink = Math.Max(1, Math.Max(picture.Width, picture.Height) / LongSide);
        var width = Math.Max(1, (int)Math.Round(picture.Width / shrink));
        var height = Math.Max(1, (int)Math.Round(picture.Height / shrink));
        var y = Average(picture.Planes[0], width, height);
        var u = picture.IsGray ? Constant(width * height) : Average(picture.Planes[1], width, height);
        var v = picture.IsGray ? Constant(width * height) : Average(picture.Planes[2], width, height);
        ToOpponents(y, u, v);

        var longest = Math.Max(width, height);
        var columns = Math.Max(1, (int)Math.Round((double)LumaTerms * width / longest, MidpointRounding.AwayFromZero));
        var rows = Math.Max(1, (int)Math.Round((double)LumaTerms * height / longest, MidpointRounding.AwayFromZero));
        var luma = Transform(y, width, height, Math.Max(3, columns), Math.Max(3, rows));
        var yellowBlue = Transform(u, width, height, ChromaTerms, ChromaTerms);
        var redGreen = Transform(v, width, height, ChromaTerms, ChromaTerms);

        var landscape = width > height;
        var first = Level(luma.Mean, 63) | SignedLevel(yellowBlue.Mean) << 6 | SignedLevel(redGreen.Mean) << 12
            | Level(luma.Scale, 31) << 18;
        var second = (landscape ? rows : columns) | Level(yellowBlue.Scale, 63) << 3 | Level(redGreen.Scale, 63) << 9
            | (landscape ? 1 << 15 : 0);
        List<int> nibbles = [.. Nibbles(luma), .. Nibbles(yellowBlue), .. Nibbles(redGreen)];
        var hash = new byte[5 + (nibbles.Count + 1) / 2];
        hash[0] = (byte)first;
        hash[1] = (byte)(first >> 8);
        hash[2] = (byte)(first >> 16);
        hash[3] = (byte)second;
        hash[4] = (byte)(second >> 8);
        for (var i = 0; i < nibbles.Count; i++)
        {
            hash[5 + i / 2] |= (byte)(nibbles[i] << ((i & 1) * 4));
        }

        return hash;
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

    /// <summary>YCbCr in place to the format's channels: mean of R, G and B; yellow against blue; red against green.</summary>
    private static void ToOpponents(float[] y, float[] u, float[] v)
    {
        for (var i = 0; i < y.Length; i++)
        {
            var cb = u[i] - 128 / 255f;
            var cr = v[i] - 128 / 255f;
            var r = Math.Clamp(y[i] + 1.402f * cr, 0, 1);
            var g = Math.Clamp(y[i] - 0.344136f * cb - 0.714136f * cr, 0, 1);
            var b = Math.Clamp(y[i] + 1.772f * cb, 0, 1);
            y[i] = (r + g + b) / 3;
            u[i] = (r + g) / 2 - b;
            v[i] = r - g;
        }
    }

    private static (double Mean, double Scale, List<double> Terms) Transform(
        float[] channel, int width, int height, int columns, int rows)
    {
        var mean = 0.0;
        var scale = 0.0;
        var terms = new List<double>();
        var cosines = new double[width];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column * rows < columns * (rows - row); column++)
            {
                for (var x = 0; x < width; x++)
                {
                    cosines[x] = Math.Cos(Math.PI / width * column * (x + 0.5));
                }

                var sum = 0.0;
                for (var y = 0; y < height; y++)
                {
                    var line = 0.0;
                    for (var x = 0; x < width; x++)
                    {
                        line += channel[y * width + x] * cosines[x];
                    }

                    sum += line * Math.Cos(Math.PI / height * row * (y + 0.5));
                }

                sum /= width * height;
                if (row == 0 && column == 0)
                {
                    mean = sum;
                }
                else
                {
                    terms.Add(sum);
                    scale = Math.Max(scale, Math.Abs(sum));
                }
            }
        }

        return (mean, scale, terms);
    }

    private static IEnumerable<int> Nibbles((double Mean, double Scale, List<double> Terms) channel) =>
        channel.Terms.Select(term => Level(channel.Scale > 0 ? 0.5 + 0.5 / channel.Scale * term : 0, 15));

    private static int Level(double value, int levels) =>
        Math.Clamp((int)Math.Round(levels * value, MidpointRounding.AwayFromZero), 0, levels);

    private static int SignedLevel(double value) =>
        Math.Clamp((int)Math.Round(31.5 + 31.5 * value, MidpointRounding.AwayFromZero), 0, 63);
}
