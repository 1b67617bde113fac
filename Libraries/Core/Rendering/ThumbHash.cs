namespace ImageLibrary.Core;

/// <summary>
/// ThumbHash of an opaque picture: the lowest frequencies of its colours in at most 25 bytes.
/// Source: Evan Wallace, ThumbHash (format description, 2023).
/// </summary>
public static class ThumbHash
{
    private const int LumaTerms = 7;
    private const int ChromaTerms = 3;

    /// <summary>Encodes a picture, whose sides should be at most 64 samples.</summary>
    /// <param name="red">Rows of red, 0 to 1; what is in the arrays is overwritten.</param>
    /// <param name="green">Green.</param>
    /// <param name="blue">Blue.</param>
    /// <param name="width">Samples of a row.</param>
    /// <param name="height">Rows.</param>
    public static byte[] Encode(float[] red, float[] green, float[] blue, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(red);
        ArgumentNullException.ThrowIfNull(green);
        ArgumentNullException.ThrowIfNull(blue);
        ToOpponents(red, green, blue);
        var (y, u, v) = (red, green, blue);
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

    /// <summary>In place to the format's channels: mean of the three; yellow against blue; red against green.</summary>
    private static void ToOpponents(float[] red, float[] green, float[] blue)
    {
        for (var i = 0; i < red.Length; i++)
        {
            var (r, g, b) = (red[i], green[i], blue[i]);
            red[i] = (r + g + b) / 3;
            green[i] = (r + g) / 2 - b;
            blue[i] = r - g;
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
