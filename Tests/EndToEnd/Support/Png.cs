using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace ImageLibrary.Tests.EndToEnd.Support;

/// <summary>Writes PNG files, so that the tests' pictures come from none of the code under test.</summary>
internal static class Png
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>EXIF data with the model of a camera and a time as EXIF writes it. Source: TIFF 6.0.</summary>
    public static byte[] Exif(string model, string taken)
    {
        const int Values = 8 + 2 + 2 * 12 + 4;
        var (first, second) = (Encoding.ASCII.GetBytes(model + '\0'), Encoding.ASCII.GetBytes(taken + '\0'));
        var data = new byte[Values];
        "MM\0*"u8.CopyTo(data);
        data[7] = 8;
        data[9] = 2;
        Entry(10, 0x0110, first.Length, Values);
        Entry(22, 0x0132, second.Length, Values + first.Length);
        return [.. data, .. first, .. second];

        void Entry(int at, ushort tag, int length, int offset)
        {
            const ushort Ascii = 2;
            BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(at), tag);
            BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(at + 2), Ascii);
            BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(at + 4), length);
            BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(at + 8), offset);
        }
    }

    /// <summary>A colour gradient that is different for each seed.</summary>
    public static byte[] Gradient(int width, int height, int seed, byte[]? exif = null)
    {
        var rows = new byte[height * (1 + width * 3)];
        var at = 0;
        for (var y = 0; y < height; y++)
        {
            rows[at++] = 0;
            for (var x = 0; x < width; x++)
            {
                rows[at++] = (byte)(x * 255 / width + seed);
                rows[at++] = (byte)(y * 255 / height + seed / 7);
                rows[at++] = (byte)(seed * 31 + (x / 16 ^ y / 16));
            }
        }
        using var file = new MemoryStream();
        file.Write(Header(width, height));
        if (exif is not null)
        {
            WriteChunk(file, "eXIf", exif);
        }
        using (var packed = new MemoryStream())
        {
            using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            {
                zlib.Write(rows);
            }
            WriteChunk(file, "IDAT", packed.ToArray());
        }
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>A picture that claims that size and holds hardly any pixels.</summary>
    public static byte[] Claim(int width, int height)
    {
        using var file = new MemoryStream();
        file.Write(Header(width, height));
        WriteChunk(file, "IDAT", [0x78, 0x9C, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01]);
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Header(int width, int height)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = 2;
        WriteChunk(file, "IHDR", header);
        return file.ToArray();
    }

    private static void WriteChunk(Stream file, string type, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        for (var i = 0; i < 4; i++)
        {
            chunk[4 + i] = (byte)type[i];
        }
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc32.HashToUInt32(chunk.AsSpan(4, 4 + data.Length)));
        file.Write(chunk);
    }
}
