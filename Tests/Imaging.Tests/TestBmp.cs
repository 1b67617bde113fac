using System.Buffers.Binary;

namespace ImageLibrary.Tests.Imaging;

/// <summary>Writes the picture of <see cref="TestPicture"/> as BMP of any kind.</summary>
internal static class TestBmp
{
    private const int FileHeaderLength = 14;

    /// <summary>Kinds: bits a pixel, with the masks of <paramref name="fields"/> where given.</summary>
    internal static byte[] Encode(
        int width, int height, int bits, bool topDown = false, bool core = false, (uint R, uint G, uint B, uint A)? fields = null)
    {
        var info = core ? 12 : fields is { A: not 0 } ? 56 : 40;
        var masks = fields is { A: 0 } ? 12 : 0;
        var palette = bits <= 8 ? (core ? 3 : 4) << bits : 0;
        var start = FileHeaderLength + info + masks + palette;
        var stride = (width * bits + 31) / 32 * 4;
        var file = new byte[start + stride * height];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), start);
        var header = file.AsSpan(FileHeaderLength);
        BinaryPrimitives.WriteInt32LittleEndian(header, info);
        if (core)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(header[4..], (ushort)width);
            BinaryPrimitives.WriteUInt16LittleEndian(header[6..], (ushort)height);
            header[8] = 1;
            header[10] = (byte)bits;
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(header[4..], width);
            BinaryPrimitives.WriteInt32LittleEndian(header[8..], topDown ? -height : height);
            header[12] = 1;
            header[14] = (byte)bits;
            header[16] = (byte)(fields is null ? 0 : 3);
        }

        if (fields is { } given)
        {
            uint[] values = [given.R, given.G, given.B, given.A];
            for (var i = 0; i < (given.A == 0 ? 3 : 4); i++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(header[(40 + 4 * i)..], values[i]);
            }
        }

        for (var colour = 0; colour < 1 << bits && bits <= 8; colour++)
        {
            var level = (byte)(255 * colour / ((1 << bits) - 1));
            header.Slice(info + masks + colour * (core ? 3 : 4), 3).Fill(level);
        }

        WriteRows(file.AsSpan(start), width, height, bits, topDown, fields ?? (bits == 16 ? (0x7C00u, 0x3E0u, 0x1Fu, 0u) : (0xFF0000u, 0xFF00u, 0xFFu, 0u)));
        return file;
    }

    /// <summary>The same with run lengths, of 4 or 8 bits a pixel; what does not repeat is written as it is.</summary>
    internal static byte[] Pack(byte[] file)
    {
        var (width, height, bits) = (BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(18)), BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(22)), file[28]);
        var start = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(10));
        var stride = (width * bits + 31) / 32 * 4;
        var packed = new List<byte>(file[..start]);
        packed[30] = (byte)(bits == 8 ? 1 : 2);
        for (var y = 0; y < height; y++)
        {
            var row = file.AsSpan(start + y * stride, stride);
            var pixels = new byte[width];
            for (var x = 0; x < width; x++)
            {
                pixels[x] = bits == 8 ? row[x] : (byte)((row[x / 2] >> (4 - x % 2 * 4)) & 15);
            }

            for (var x = 0; x < width;)
            {
                var run = pixels.AsSpan(x).IndexOfAnyExcept(pixels[x]) is >= 0 and var end ? end : width - x;
                if (run > 2 || width - x < 3)
                {
                    run = Math.Min(run, 255);
                    packed.AddRange([(byte)run, (byte)(bits == 8 ? pixels[x] : pixels[x] * 17)]);
                }
                else
                {
                    run = Math.Min(width - x, 61);
                    packed.AddRange([0, (byte)run]);
                    var before = packed.Count;
                    for (var i = 0; i < run; i += bits == 8 ? 1 : 2)
                    {
                        packed.Add(bits == 8 ? pixels[x + i] : (byte)(pixels[x + i] << 4 | (i + 1 < run ? pixels[x + i + 1] : 0)));
                    }

                    packed.AddRange((packed.Count - before) % 2 == 0 ? [] : [0]);
                }

                x += run;
            }

            packed.AddRange(y < height - 1 ? [0, 0] : [0, 1]);
        }

        return [.. packed];
    }

    private static void WriteRows(Span<byte> rows, int width, int height, int bits, bool topDown, (uint R, uint G, uint B, uint A) fields)
    {
        var samples = TestPicture.Samples(width, height, bits <= 8 ? 1 : 3);
        var stride = (width * bits + 31) / 32 * 4;
        for (var y = 0; y < height; y++)
        {
            var row = rows[((topDown ? y : height - 1 - y) * stride)..];
            for (var x = 0; x < width; x++)
            {
                var at = y * width + x;
                if (bits <= 8)
                {
                    row[x * bits / 8] |= (byte)(samples[at] >> (8 - bits) << (8 - bits - x * bits % 8));
                }
                else
                {
                    var pixel = Part(samples[3 * at], fields.R) | Part(samples[3 * at + 1], fields.G) | Part(samples[3 * at + 2], fields.B) | fields.A;
                    for (var i = 0; i < bits / 8; i++)
                    {
                        row[x * bits / 8 + i] = (byte)(pixel >> (8 * i));
                    }
                }
            }
        }
    }

    private static uint Part(byte sample, uint mask) => mask == 0 ? 0 : (uint)((ulong)sample * mask / 255) & mask;
}
