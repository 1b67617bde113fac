using System.Buffers.Binary;
using System.IO.Compression;

namespace ImageLibrary.Tests.Imaging;

/// <summary>Files of the other formats that lie about their sizes, loop, or unpack to far more than they are.</summary>
internal static class BadContainers
{
    /// <summary>A GIF of 2×2 pixels up to its first frame.</summary>
    internal static readonly byte[] GifHeader = [.. "GIF89a"u8, 2, 0, 2, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255];

    /// <summary>A frame of it.</summary>
    internal static readonly byte[] GifFrame = [0x2C, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2, 3, 0x44, 0x02, 0x05, 0];

    internal static IEnumerable<(string Kind, byte[] Content)> All() => [.. Pngs(), .. Gifs(), .. Tiffs(), .. Others()];

    /// <summary>A GIF of frames that are all the same.</summary>
    internal static byte[] Gif(int frames) => [.. GifHeader, .. Repeated(GifFrame, frames), 0x3B];

    /// <summary>A WebP of small frames, in its extended form, with parts that nobody knows behind them.</summary>
    internal static byte[] WebP(int frames, int others)
    {
        byte[] picture = [.. "VP8L"u8, 8, 0, 0, 0, 0x2F, 0, 0, 0, 0, 0x88, 0x88, 8];
        byte[] frame = [.. "ANMF"u8, 32, 0, 0, 0, .. new byte[12], 1, 0, 0, 0, .. picture];
        byte[] chunks =
        [
            .. "WEBPVP8X"u8, 10, 0, 0, 0, 0x12, 0, 0, 0, .. new byte[6], .. "ANIM"u8, 6, 0, 0, 0, .. new byte[6],
            .. Repeated(frame, frames), .. Repeated([.. "JUNK"u8, 0, 0, 0, 0], others),
        ];
        return [.. "RIFF"u8, .. LittleEndian(chunks.Length), .. chunks];
    }

    private static IEnumerable<(string Kind, byte[] Content)> Pngs()
    {
        yield return ("png beyond the side limit", Png(65_536, 10, Chunk("IDAT", Packed(16))));
        yield return ("png beyond the pixel limit", Png(60_000, 60_000, Chunk("IDAT", Packed(16))));
        yield return ("png without pixels", Png(0, 10));
        yield return ("png of negative size", Png(-1, -1));
        yield return ("png of 30,000 a side", Png(30_000, 30_000, Chunk("IDAT", Packed(3751L * 30_000))));
        yield return ("png without data", Png(100, 100));
        yield return ("png with too little data", Png(100, 100, Chunk("IDAT", Packed(200))));
        yield return ("png with a text bomb", Png(8, 8, Chunk("zTXt", [.. "a\0\0"u8, .. Packed(200_000_000)]), Chunk("IDAT", Packed(16))));
        yield return ("png with a profile bomb", Png(8, 8, Chunk("iCCP", [.. "a\0\0"u8, .. Packed(200_000_000)]), Chunk("IDAT", Packed(16))));
        yield return ("png with a chunk of 2 GB", [.. Png(8, 8).AsSpan(0, 33), 0x7F, 0xFF, 0xFF, 0xFF, .. "IDAT"u8, 1, 2, 3]);
        yield return ("png with a wrong sum", Broken(TestPicture.Encode(40, 30, 3, "pngsave_buffer"), 30));
        var plain = TestPicture.Encode(40, 30, 3, "pngsave_buffer");
        yield return ("png with exif of 20 MB", [.. plain.AsSpan(0, 33), .. Chunk("eXIf", HugeExif()), .. plain.AsSpan(33)]);
        yield return ("png with 30 text bombs", WithTexts(plain, 30));
        yield return ("png with a profile of 40 MB", WithProfile(plain, 40_000_000));
        yield return ("png with two headers", [.. Png(8, 8).AsSpan(0, 33), .. Png(9_000, 9_000).AsSpan(8)]);
    }

    private static IEnumerable<(string Kind, byte[] Content)> Gifs()
    {
        byte[] header = GifHeader;
        byte[] frame = GifFrame;
        yield return ("gif of 65,535 a side", [.. "GIF89a"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0x3B]);
        yield return ("gif of 100,000 frames", Gif(100_000));
        yield return ("gif with a frame outside", [.. header, 0x2C, 0xFF, 0xFF, 0xFF, 0xFF, .. frame.AsSpan(5), 0x3B]);
        yield return ("gif without frames", [.. header, 0x3B]);
        yield return ("gif with endless extensions", [.. header, .. Enumerable.Repeat<byte[]>([0x21, 0xFE, 1, 65, 0], 50_000).SelectMany(part => part)]);
        yield return ("gif with a code size of 200", [.. header, .. frame.AsSpan(0, 10), 200, 3, 1, 2, 3, 0, 0x3B]);
    }

    private static IEnumerable<(string Kind, byte[] Content)> Tiffs()
    {
        yield return ("tiff that points at itself", [.. "II*\0"u8, 8, 0, 0, 0, 0, 0, 8, 0, 0, 0]);
        yield return ("tiff that points away", [.. "MM\0*"u8, 0xFF, 0xFF, 0xFF, 0xF0]);
        yield return ("tiff of 10,000 directories", DirectoryChain(10_000));
        yield return ("tiff without fields", TestRaw.Tiff([]));
        yield return ("tiff of 60,000 a side without data", TestRaw.Tiff([(0x100, 60_000), (0x101, 60_000), (0x102, 8), (0x103, 1), (0x106, 1)]));
        yield return ("tiff with strips beyond the end", TestRaw.Tiff(
            [(0x100, 100), (0x101, 100), (0x102, 8), (0x103, 1), (0x106, 1), (0x111, 60_000), (0x115, 1), (0x116, 100), (0x117, 10_000)]));
        yield return ("tiff of unknown compression", TestRaw.Tiff(
            [(0x100, 10), (0x101, 10), (0x102, 8), (0x103, 9_999), (0x106, 1), (0x111, 8), (0x115, 1), (0x116, 10), (0x117, 100)]));
        yield return ("tiff of 2,000 samples a pixel", TestRaw.Tiff(
            [(0x100, 10), (0x101, 10), (0x102, 8), (0x103, 1), (0x106, 2), (0x111, 8), (0x115, 2_000), (0x116, 10), (0x117, 100)]));
        yield return ("raw file of start markers", TestRaw.All([.. Enumerable.Repeat<byte[]>([0xFF, 0xD8, 0xFF], 100_000).SelectMany(part => part)]).First().File);
        byte[] fill = [.. Enumerable.Repeat((byte)0xFF, 1_000_000)];
        foreach (var (frame, end) in ((byte, byte[])[])[(0xC0, []), (0xC0, [0xFF, 0xD9]), (0xC3, [0xFF, 0xD9]), (0xC0, fill)])
        {
            foreach (var (format, file) in TestRaw.All(Entangled(100_000, frame, end)).Where(raw => raw.Format is "raf" or "dng"))
            {
                yield return ($"{format} of pictures within each other, {frame:X}, {end.Length}", file);
            }
        }
    }

    private static IEnumerable<(string Kind, byte[] Content)> Others()
    {
        yield return ("webp with a wrong size", [.. "RIFF"u8, 0xFF, 0xFF, 0xFF, 0x7F, .. "WEBPVP8 "u8, 0xFF, 0xFF, 0xFF, 0x7F]);
        yield return ("webp with a canvas of 16 million", [.. "RIFF"u8, 22, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 2, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
        yield return ("webp with exif of 20 MB", WithExif(TestPicture.Encode(40, 30, 3, "webpsave_buffer", save => save.Set("keep", 0)), 40, 30, HugeExif()));
        yield return ("webp of 200,000 frames", WebP(200_000, 0));
        yield return ("webp of 500,000 parts", WebP(1, 500_000));
        yield return ("webp without anything", [.. "RIFF"u8, 4, 0, 0, 0, .. "WEBP"u8]);
        yield return ("avif of nothing", [0, 0, 0, 16, .. "ftypavif"u8, 0, 0, 0, 0]);
        yield return ("avif with a box of length zero", [0, 0, 0, 16, .. "ftypavif"u8, 0, 0, 0, 0, 0, 0, 0, 0, .. "meta"u8]);
        yield return ("avif with a box of 2⁶⁴ bytes", [0, 0, 0, 16, .. "ftypavif"u8, 0, 0, 0, 0, 0, 0, 0, 1, .. "meta"u8, .. Enumerable.Repeat((byte)0xFF, 8)]);
        yield return ("avif of deep boxes", [0, 0, 0, 16, .. "ftypavif"u8, 0, 0, 0, 0, .. DeepBoxes(2_000)]);
        yield return ("heic", [0, 0, 0, 16, .. "ftypheic"u8, 0, 0, 0, 0]);
        yield return ("jpeg xl of nothing", [0xFF, 0x0A, 0, 0]);
    }

    private static byte[] Png(int width, int height, params byte[][] chunks)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        // One bit of gray a pixel.
        header[8] = 1;
        return [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR", header), .. chunks.SelectMany(chunk => chunk), .. Chunk("IEND", [])];
    }

    /// <summary>As many entries as can be said to be there, and much behind them.</summary>
    private static byte[] HugeExif() => [.. "II*\0"u8, 8, 0, 0, 0, 0xFF, 0xFF, .. Enumerable.Repeat<byte[]>([0x69, 0x87, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0], 1_700_000).SelectMany(part => part)];

    /// <summary>A plain WebP in its extended form.</summary>
    private static byte[] WithExif(byte[] webp, int width, int height, byte[] exif)
    {
        byte[] chunks =
        [
            .. "WEBPVP8X"u8, 10, 0, 0, 0, 8, 0, 0, 0, (byte)(width - 1), 0, 0, (byte)(height - 1), 0, 0,
            .. webp.AsSpan(12), .. "EXIF"u8, .. LittleEndian(exif.Length), .. exif,
        ];
        return [.. "RIFF"u8, .. LittleEndian(chunks.Length), .. chunks];
    }

    private static byte[] LittleEndian(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }

    /// <summary>A chunk of a PNG.</summary>
    internal static byte[] Chunk(string name, byte[] content)
    {
        byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(name), .. content];
        var length = new byte[4];
        var sum = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc(body));
        return [.. length, .. body, .. sum];
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

    /// <summary>Zeros, deflated.</summary>
    internal static byte[] Packed(long length)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var zeros = new byte[1 << 16];
            for (; length > 0; length -= zeros.Length)
            {
                deflate.Write(zeros, 0, (int)Math.Min(length, zeros.Length));
            }
        }

        return packed.ToArray();
    }

    private static byte[] DirectoryChain(int count)
    {
        var file = new byte[8 + 6 * count];
        "II*\0"u8.CopyTo(file);
        file[4] = 8;
        for (var i = 0; i < count; i++)
        {
            // No entries, and the next directory right behind; the last points back to the first.
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8 + 6 * i + 2), i == count - 1 ? 8 : 8 + 6 * (i + 1));
        }

        return file;
    }

    private static byte[] DeepBoxes(int depth)
    {
        var boxes = new byte[8 * depth];
        for (var i = 0; i < depth; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(boxes.AsSpan(8 * i), boxes.Length - 8 * i);
            "meta"u8.CopyTo(boxes.AsSpan(8 * i + 4));
        }

        return boxes;
    }

    /// <summary>Start markers with a header each, from all of which the segments lead through the whole.</summary>
    private static byte[] Entangled(int count, byte frame, byte[] end)
    {
        byte[] part = [0xFF, 0xD8, 0xFF, frame, 0, 11, 8, 0, 16, 0, 16, 1, 1, 0x11, 0, 0xFF, 0xE5, 0, 17];
        return [.. Enumerable.Repeat(part, count).SelectMany(bytes => bytes), .. new byte[15], .. end];
    }

    /// <summary>A PNG with texts that unpack to 40 MB each.</summary>
    internal static byte[] WithTexts(byte[] png, int count) =>
        Inserted(png, Repeated(Chunk("zTXt", [.. "a\0\0"u8, .. Packed(40_000_000)]), count));

    /// <summary>A PNG with a profile whose header is sound.</summary>
    internal static byte[] WithProfile(byte[] png, int length)
    {
        var profile = new byte[length];
        BinaryPrimitives.WriteInt32BigEndian(profile, length);
        byte[] header = [2, 0x40, 0, 0, .. "mntrRGB XYZ "u8];
        header.CopyTo(profile, 8);
        "acsp"u8.CopyTo(profile.AsSpan(36));
        byte[] white = [0, 0, 0xF6, 0xD6, 0, 1, 0, 0, 0, 0, 0xD3, 0x2D];
        white.CopyTo(profile, 68);
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(profile);
        }

        return Inserted(png, Chunk("iCCP", [.. "a\0\0"u8, .. packed.ToArray()]));
    }

    /// <summary>Behind the header of a PNG.</summary>
    private static byte[] Inserted(byte[] png, byte[] chunks) => [.. png.AsSpan(0, 33), .. chunks, .. png.AsSpan(33)];

    private static byte[] Repeated(byte[] part, int count)
    {
        var whole = new byte[part.Length * count];
        for (var i = 0; i < count; i++)
        {
            part.CopyTo(whole, i * part.Length);
        }

        return whole;
    }

    private static byte[] Broken(byte[] file, int at)
    {
        file[at] ^= 1;
        return file;
    }
}
