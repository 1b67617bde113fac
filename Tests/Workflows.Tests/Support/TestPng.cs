using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace ImageLibrary.Tests.Workflows.Support;

/// <summary>Small pictures whose content depends on a seed.</summary>
internal static class TestPng
{
    private const int Side = 64;

    public static byte[] Create(int seed)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Side);
        header[8] = 8;
        header[9] = 2;
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "IDAT"u8, Pixels(seed));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>A picture in a file of exactly this length.</summary>
    public static byte[] CreateOfSize(int length, int seed)
    {
        var picture = Create(seed);
        var filler = length - picture.Length;
        ArgumentOutOfRangeException.ThrowIfNegative(filler, nameof(length));
        // Bytes behind the end marker are no part of the picture.
        return [.. picture, .. new byte[filler]];
    }

    private static byte[] Pixels(int seed)
    {
        var random = new Random(seed);
        var colour = new byte[3];
        random.NextBytes(colour);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            for (var y = 0; y < Side; y++)
            {
                zlib.WriteByte(0);
                for (var x = 0; x < Side; x++)
                {
                    zlib.Write([(byte)(colour[0] + x), (byte)(colour[1] + y), colour[2]]);
                }
            }
        }
        return packed.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        byte[] body = [.. type, .. content];
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(body));
        file.Write(number);
    }
}
