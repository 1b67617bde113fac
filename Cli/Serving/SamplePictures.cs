using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace ImageLibrary.Cli.Serving;

/// <summary>Draws a handful of pictures, so that a first start without any folder has something to show.</summary>
internal static class SamplePictures
{
    private const int Width = 960;
    private const int Height = 640;
    private static readonly (string Folder, int Count)[] Folders = [("Waves", 6), ("Rings", 6)];

    public static async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        for (var f = 0; f < Folders.Length; f++)
        {
            var (name, count) = Folders[f];
            var target = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
            for (var i = 1; i <= count; i++)
            {
                await File.WriteAllBytesAsync(Path.Combine(target, $"{name} {i}.png"), Draw(f, i), cancellationToken);
            }
        }
    }

    private static byte[] Draw(int motif, int variant)
    {
        var rows = new byte[Height * (1 + (Width * 3))];
        for (int y = 0, at = 0; y < Height; y++)
        {
            rows[at++] = 0;
            for (var x = 0; x < Width; x++)
            {
                var u = (x - (Width / 2.0)) / Height;
                var v = (y - (Height / 2.0)) / Height;
                var wave = motif == 0
                    ? Math.Sin((u * 3 * variant) + (Math.Sin(v * 9) * 1.5))
                    : Math.Sin(Math.Sqrt((u * u) + (v * v)) * 8 * variant);
                rows[at++] = Shade(wave, variant * 0.9);
                rows[at++] = Shade(wave, (variant * 0.9) + 2);
                rows[at++] = Shade(wave, (variant * 0.9) + 4);
            }
        }
        return Png(rows);
    }

    private static byte Shade(double wave, double phase) => (byte)(127.5 * (1 + Math.Sin(wave + phase)));

    private static byte[] Png(byte[] rows)
    {
        using var png = new MemoryStream();
        png.Write([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        // 8 bits a channel, RGB.
        header[8] = 8;
        header[9] = 2;
        Chunk(png, "IHDR"u8, header);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(rows);
        }
        Chunk(png, "IDAT"u8, packed.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, byte[] content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        byte[] body = [.. type, .. content];
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(body));
        png.Write(number);
    }
}
