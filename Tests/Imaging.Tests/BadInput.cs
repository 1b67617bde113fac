using System.Buffers.Binary;
using System.Text;

namespace ImageLibrary.Tests.Imaging;

/// <summary>Generates hostile and damaged files of many kinds.</summary>
internal static class BadInput
{
    /// <summary>Each kind with its bytes.</summary>
    internal static IEnumerable<(string Kind, byte[] Content)> All()
    {
        yield return ("empty", []);
        yield return ("one byte", [0xFF]);
        yield return ("text", Encoding.UTF8.GetBytes("This is no picture, whatever its name says."));
        yield return ("svg", Encoding.UTF8.GetBytes("<svg xmlns=\"http://www.w3.org/2000/svg\"><rect/></svg>"));
        yield return ("start marker only", [0xFF, 0xD8, 0xFF]);
        yield return ("end marker only", [0xFF, 0xD8, 0xFF, 0xD9]);
        yield return ("png beyond the side limit", PngHeader(65_536, 10));
        yield return ("png beyond the pixel limit", PngHeader(60_000, 60_000));
        yield return ("png without pixels", PngHeader(0, 10));
        yield return ("progressive bomb", JpegFrame(0xC2, 65_000, 65_000, 1));
        yield return ("progressive beyond its limit", JpegFrame(0xC2, 9_000, 9_000, 1));
        yield return ("jpeg without rows", JpegFrame(0xC0, 100, 0, 3));
        yield return ("lossless jpeg", JpegFrame(0xC3, 100, 100, 3));
        yield return ("jpeg of 12 bits", JpegFrame(0xC1, 100, 100, 3, precision: 12));
        yield return ("jpeg frame and nothing else", JpegFrame(0xC0, 100, 100, 3));
        yield return ("gif of 65,535 a side", [.. "GIF89a"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0x3B]);
        yield return ("tiff that points at itself", [.. "II*\0"u8, 8, 0, 0, 0, 0, 0, 8, 0, 0, 0]);
        yield return ("tiff that points away", [.. "MM\0*"u8, 0xFF, 0xFF, 0xFF, 0xF0]);
        yield return ("webp with a wrong size", [.. "RIFF"u8, 0xFF, 0xFF, 0xFF, 0x7F, .. "WEBPVP8 "u8, 0xFF, 0xFF, 0xFF, 0x7F]);
        yield return ("avif of nothing", [0, 0, 0, 16, .. "ftypavif"u8, 0, 0, 0, 0]);
        foreach (var (format, file) in Originals())
        {
            for (var tenth = 1; tenth < 10; tenth++)
            {
                yield return ($"{format} cut at {tenth}0 %", file[..(file.Length * tenth / 10)]);
            }

            yield return ($"{format} with noise inside", Damaged(file, file.Length / 3, file.Length / 3));
            yield return ($"{format} with a noisy header", Damaged(file, 12, 40));
            yield return ($"{format} behind something else", [.. "junk"u8, .. file]);
            for (var at = 0; at < 48; at++)
            {
                var changed = file.ToArray();
                changed[at] ^= 0xFF;
                yield return ($"{format} with byte {at} flipped", changed);
            }
        }

        var random = new Random(1);
        foreach (var signature in (byte[][])[[0xFF, 0xD8, 0xFF, 0xC0], [0x89, .. "PNG\r\n\x1a\n"u8], [.. "GIF89a"u8], [.. "II*\0"u8]])
        {
            var noise = new byte[5000];
            random.NextBytes(noise);
            signature.CopyTo(noise, 0);
            yield return ($"noise behind a signature of {signature.Length} bytes", noise);
        }
    }

    private static IEnumerable<(string Format, byte[] File)> Originals()
    {
        yield return ("jpeg", TestPicture.Encode(320, 240, 3, "jpegsave_buffer"));
        yield return ("progressive jpeg", TestPicture.Encode(320, 240, 3, "jpegsave_buffer", save => save.Set("interlace", 1)));
        yield return ("png", TestPicture.Encode(160, 120, 3, "pngsave_buffer"));
        yield return ("webp", TestPicture.Encode(320, 240, 3, "webpsave_buffer"));
        yield return ("gif", TestPicture.Encode(80, 60, 3, "gifsave_buffer"));
        yield return ("tiff", TestPicture.Encode(80, 60, 3, "tiffsave_buffer"));
    }

    private static byte[] Damaged(byte[] file, int start, int length)
    {
        var changed = file.ToArray();
        new Random(start).NextBytes(changed.AsSpan(start, Math.Min(length, file.Length - start)));
        return changed;
    }

    private static byte[] PngHeader(int width, int height)
    {
        byte[] header = [.. "IHDR"u8, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), height);
        var sum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc(header));
        return
        [
            0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. header, .. sum,
            0, 0, 0, 0, .. "IDAT"u8, 0x35, 0xAF, 0x06, 0x1E, 0, 0, 0, 0, .. "IEND"u8, 0xAE, 0x42, 0x60, 0x82,
        ];
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
            }
        }

        return ~crc;
    }

    private static byte[] JpegFrame(byte marker, int width, int height, int components, byte precision = 8)
    {
        byte[] frame =
        [
            0xFF, 0xD8, 0xFF, marker, 0, (byte)(8 + 3 * components), precision,
            (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, (byte)components,
        ];
        for (var i = 1; i <= components; i++)
        {
            frame = [.. frame, (byte)i, 0x11, 0];
        }

        return [.. frame, 0xFF, 0xD9];
    }
}
