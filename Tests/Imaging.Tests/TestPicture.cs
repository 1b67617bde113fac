using ImageLibrary.Imaging.Buffers;
using ImageLibrary.Imaging.Vips;
using Xunit;

namespace ImageLibrary.Tests.Imaging;

/// <summary>Pictures made in memory: smooth colours with edges and some noise, different in every corner.</summary>
internal static unsafe class TestPicture
{
    internal static NativeBufferPool Pool { get; } = new(16 << 20);

    /// <summary>Interleaved samples: 1 gray, 3 sRGB, 4 with alpha.</summary>
    internal static byte[] Samples(int width, int height, int bands)
    {
        var random = new Random(width * 31 + height);
        var samples = new byte[width * height * bands];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var u = (double)x / width;
                var v = (double)y / height;
                // Edges a few pixels wide, as lenses make them.
                var bars = 26 * Math.Clamp(4 * Math.Sin(Math.PI * x / 24) * Math.Sin(Math.PI * y / 40), -1, 1);
                var noise = random.Next(-2, 3);
                var at = (y * width + x) * bands;
                samples[at] = Byte(60 + 110 * u + 40 * v + bars + noise);
                if (bands >= 3)
                {
                    samples[at + 1] = Byte(180 - 90 * v + 30 * Math.Sin(9 * u) + bars + noise);
                    samples[at + 2] = Byte(50 + 80 * v + 60 * (1 - u) + bars / 2 + noise);
                }

                if (bands == 4)
                {
                    samples[at + 3] = Byte(255 * Math.Min(1, 2 * u));
                }
            }
        }

        return samples;
    }

    /// <summary>Colours that change slowly, so that where they lie can be measured in small pictures of them, too; sRGB.</summary>
    internal static byte[] Waves(int width, int height)
    {
        const double Period = 160;
        var samples = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (u, v) = (Math.Sin(2 * Math.PI * x / Period), Math.Sin(2 * Math.PI * y / Period));
                var at = (y * width + x) * 3;
                (samples[at], samples[at + 1], samples[at + 2]) = (Byte(128 + 80 * u * v), Byte(128 - 60 * v), Byte(128 - 80 * u + 30 * v));
            }
        }

        return samples;
    }

    /// <summary>Rectangles and lines with edges between two pixels, as screenshots and drawings have them; sRGB, in gray.</summary>
    internal static byte[] HardSamples(int width, int height) =>
        Rectangles(width, height, random => [.. Enumerable.Repeat((byte)random.Next(256), 3)]);

    /// <summary>The same in all colours.</summary>
    internal static byte[] HardColours(int width, int height) =>
        Rectangles(width, height, random => [(byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)]);

    /// <summary>The smooth picture with strong noise in each pixel; sRGB.</summary>
    internal static byte[] NoisySamples(int width, int height)
    {
        var random = new Random(7);
        return [.. Samples(width, height, 3).Select(sample => Byte(sample + random.Next(-30, 31)))];
    }

    /// <summary>A JPEG of given sRGB samples.</summary>
    internal static byte[] EncodeJpeg(byte[] samples, int width, int height, int quality, int subsampling = 0)
    {
        _ = VipsRuntime.EnsureStarted();
        fixed (byte* data = samples)
        {
            using var raw = VipsImage.FromMemory(data, width, height, 3);
            using var image = VipsPipeline.MarkSrgb(raw);
            using var save = new VipsOperation("jpegsave_buffer").Set("in", image).Set("Q", quality).Set("subsample_mode", subsampling);
            using var content = save.Content(Pool);
            return content.Memory.ToArray();
        }
    }

    /// <summary>A picture encoded by a libvips save operation, such as <c>jpegsave_buffer</c>.</summary>
    internal static byte[] Encode(
        int width, int height, int bands, string operation, Action<VipsOperation>? settings = null,
        Action<VipsImage>? metadata = null, Func<VipsImage, VipsImage?>? convert = null)
    {
        _ = VipsRuntime.EnsureStarted();
        var samples = Samples(width, height, bands);
        fixed (byte* data = samples)
        {
            using var raw = VipsImage.FromMemory(data, width, height, bands);
            using var image = VipsPipeline.MarkSrgb(raw);
            metadata?.Invoke(image);
            using var converted = convert?.Invoke(image);
            using var save = new VipsOperation(operation).Set("in", converted ?? image);
            settings?.Invoke(save);
            using var content = (IDisposable)save.Content(Pool);
            return ((System.Buffers.IMemoryOwner<byte>)content).Memory.ToArray();
        }
    }

    /// <summary>A JPEG with an EXIF block that says how it is turned.</summary>
    internal static byte[] Turned(byte[] jpeg, int orientation)
    {
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0MM"u8, 0, 42, 0, 0, 0, 8,
            0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg.AsSpan(0, 2), .. exif, .. jpeg.AsSpan(2)];
    }

    /// <summary>A JPEG with one of libvips's own profiles, its samples unchanged.</summary>
    internal static byte[] WithProfile(byte[] jpeg, string profile)
    {
        _ = VipsRuntime.EnsureStarted();
        fixed (byte* data = Samples(8, 8, 3))
        {
            using var raw = VipsImage.FromMemory(data, 8, 8, 3);
            using var image = VipsPipeline.MarkSrgb(raw);
            using var transform = new VipsOperation("icc_transform")
                .Set("in", image).Set("output_profile", profile).Set("input_profile", "srgb");
            using var transformed = transform.Image();
            var icc = transformed.Blob("icc-profile-data");
            Assert.NotEqual(0, icc.Length);
            return WithProfile(jpeg, icc);
        }
    }

    /// <summary>A JPEG with a profile, its samples unchanged.</summary>
    internal static byte[] WithProfile(byte[] jpeg, ReadOnlySpan<byte> profile)
    {
        var length = profile.Length + 16;
        return
        [
            .. jpeg.AsSpan(0, 2), 0xFF, 0xE2, (byte)(length >> 8), (byte)length, .. "ICC_PROFILE\0"u8, 1, 1, .. profile,
            .. jpeg.AsSpan(2),
        ];
    }

    private static byte[] Rectangles(int width, int height, Func<Random, byte[]> nextColour)
    {
        var random = new Random(5);
        var samples = new byte[width * height * 3];
        Array.Fill(samples, (byte)245);
        for (var i = 0; i < width * height / 1000; i++)
        {
            var (left, top) = (random.Next(width), random.Next(height));
            var (right, bottom) = (left + random.Next(1, i % 3 == 0 ? 80 : 12), top + random.Next(1, i % 3 == 1 ? 80 : 12));
            var colour = nextColour(random);
            for (var y = top; y < Math.Min(height, bottom); y++)
            {
                for (var x = left; x < Math.Min(width, right); x++)
                {
                    colour.CopyTo(samples, (y * width + x) * 3);
                }
            }
        }

        return samples;
    }

    private static byte Byte(double value) => (byte)Math.Clamp(value, 0, 255);
}
