using System.Buffers.Binary;

namespace ImageLibrary.Tests.Imaging;

/// <summary>JPEGs whose structure is wrong, misleading or made to cost time.</summary>
internal static class BadJpegs
{
    private const byte StartOfScan = 0xDA;

    /// <summary>As much as the segments of a JPEG can hold.</summary>
    internal static byte[] WithProfileOf16Megabytes()
    {
        const int Parts = 255;
        var plain = TestPicture.Encode(40, 30, 3, "jpegsave_buffer");
        var parts = Enumerable.Range(1, Parts).SelectMany(
            part => (byte[])[0xFF, 0xE2, 0xFF, 0xFF, .. "ICC_PROFILE\0"u8, (byte)part, Parts, .. new byte[65_519]]);
        return [.. plain.AsSpan(0, 2), .. parts, .. plain.AsSpan(2)];
    }

    internal static IEnumerable<(string Kind, byte[] Content)> All()
    {
        yield return ("start marker only", [0xFF, 0xD8, 0xFF]);
        yield return ("end marker only", [0xFF, 0xD8, 0xFF, 0xD9]);
        yield return ("progressive bomb", Frame(0xC2, 65_000, 65_000, 1));
        yield return ("progressive beyond its limit", Frame(0xC2, 9_000, 9_000, 1));
        yield return ("gray progressive bomb with its scans", Resized(TestPicture.Encode(96, 80, 1, "jpegsave_buffer", save => save.Set("interlace", 1)), 0xC2, 7_000, 7_000));
        yield return ("jpeg in several scans beyond its limit", ScanByScan(9_000, 9_000));
        yield return ("jpeg without rows", Frame(0xC0, 100, 0, 3));
        yield return ("lossless jpeg", Frame(0xC3, 100, 100, 3));
        yield return ("arithmetic jpeg", Frame(0xC9, 100, 100, 3));
        yield return ("jpeg of 12 bits", Frame(0xC1, 100, 100, 3, precision: 12));
        yield return ("jpeg frame and nothing else", Frame(0xC0, 100, 100, 3));
        foreach (var components in (int[])[0, 2, 5, 255])
        {
            yield return ($"jpeg of {components} components", Frame(0xC0, 100, 100, components));
        }

        var plain = TestPicture.Encode(96, 80, 3, "jpegsave_buffer", save => save.Set("keep", 0));
        var progressive = TestPicture.Encode(96, 80, 3, "jpegsave_buffer", save => save.Set("keep", 0).Set("interlace", 1));
        yield return ("jpeg without huffman tables", Without(plain, 0xC4));
        yield return ("jpeg without quantisers", Without(plain, 0xDB));
        yield return ("jpeg without frame", Without(plain, 0xC0));
        yield return ("jpeg without scan", plain[..Find(plain, StartOfScan)]);
        yield return ("jpeg with two frames", Inserted(plain, Segment(plain, 0xC0)));
        yield return ("jpeg in a jpeg", Inserted(plain, plain));
        yield return ("jpeg with an overfull huffman table", Inserted(plain, [0xFF, 0xC4, 0, 22, 0, 3, .. new byte[15], 1, 2, 3]));
        yield return ("jpeg with a short quantiser", Inserted(plain, [0xFF, 0xDB, 0, 10, 0x10, 1, 2, 3, 4, 5, 6, 7]));
        yield return ("jpeg with restarts that never come", Inserted(plain, [0xFF, 0xDD, 0, 4, 0, 1]));
        yield return ("jpeg with a segment of length zero", Inserted(plain, [0xFF, 0xE5, 0, 0]));
        yield return ("jpeg with a segment beyond the end", Inserted(plain, [0xFF, 0xE5, 0xFF, 0xFF]));
        yield return ("jpeg with fill bytes", Inserted(plain, [.. Enumerable.Repeat((byte)0xFF, 100_000)]));
        yield return ("jpeg with 2,000 comments", Inserted(plain, [.. Enumerable.Repeat<byte[]>([0xFF, 0xFE, 0, 4, 1, 2], 2000).SelectMany(part => part)]));
        yield return ("jpeg with sampling of zero", Changed(plain, 0xC0, 11, 0x00));
        yield return ("jpeg with sampling of 4:3", Changed(plain, 0xC0, 11, 0x43));
        yield return ("jpeg wider than its data", Changed(plain, 0xC0, 7, 0x20));
        yield return ("jpeg higher than its data", Changed(plain, 0xC0, 5, 0x20));
        yield return ("jpeg with unknown tables", Changed(plain, StartOfScan, 6, 0x33));
        yield return ("progressive jpeg with 3,000 scans", ManyScans(progressive, 3000));
        yield return ("progressive jpeg without its first scan", Without(progressive, StartOfScan));
        foreach (var (kind, exif) in BadExif())
        {
            yield return ($"jpeg with {kind}", Inserted(plain, App(1, [.. "Exif\0\0"u8, .. exif])));
        }

        byte[] profile = [.. Enumerable.Range(1, 255).SelectMany(part => App(2, [.. "ICC_PROFILE\0"u8, (byte)part, 255, .. new byte[65_000]]))];
        yield return ("jpeg with a profile of 16 MB", Inserted(plain, profile));
        yield return ("jpeg with parts of a profile missing", Inserted(plain, App(2, [.. "ICC_PROFILE\0"u8, 3, 9, .. new byte[500]])));
        yield return ("jpeg with a profile of noise", Inserted(plain, App(2, [.. "ICC_PROFILE\0"u8, 1, 1, .. Noise(5000)])));
        yield return ("jpeg with a strange Adobe marker", Inserted(plain, App(14, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 77])));
        yield return ("jpeg of symbols as long as can be", LongestSymbols(3584, 10));
        yield return ("jpeg with noise as its data", [.. plain.AsSpan(0, Find(plain, StartOfScan) + 14), .. Noise(20_000), 0xFF, 0xD9]);
    }

    /// <summary>A frame header, and an end.</summary>
    private static byte[] Frame(byte marker, int width, int height, int components, byte precision = 8)
    {
        var length = 8 + 3 * components;
        byte[] frame =
        [
            0xFF, 0xD8, 0xFF, marker, (byte)(length >> 8), (byte)length, precision,
            (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, (byte)components,
        ];
        return [.. frame, .. Enumerable.Range(1, components).SelectMany(i => new byte[] { (byte)i, 0x11, 0 }), 0xFF, 0xD9];
    }

    private static IEnumerable<(string Kind, byte[] Data)> BadExif()
    {
        yield return ("exif of nothing", []);
        yield return ("exif that points away", [.. "MM\0*"u8, 0xFF, 0xFF, 0xFF, 0xF0]);
        yield return ("exif that points at itself", [.. "II*\0"u8, 0, 0, 0, 0]);
        yield return ("exif of 65,000 bytes", TestRaw.Tiff([(0x010F, new string('x', 64_000)), (0x0112, 6)]));
        yield return ("exif orientation 9", TestRaw.Tiff([(0x0112, 9)]));
        yield return ("an exif directory in itself", TestRaw.Tiff([(0x8769, 8)]));
        yield return ("exif of too many entries", [.. "II*\0"u8, 8, 0, 0, 0, 0xFF, 0xFF, .. new byte[100]]);
        yield return ("exif of another time", TestRaw.Tiff([(0x0132, "0000:00:00 00:00:00")]));
    }

    /// <summary>A baseline JPEG in colour whose first scan has one component, and almost nothing in it.</summary>
    /// <param name="width">Width that it says.</param>
    /// <param name="height">Height that it says.</param>
    /// <param name="between">What stands before that scan.</param>
    internal static byte[] ScanByScan(ushort width, ushort height, params ReadOnlySpan<byte> between)
    {
        var jpeg = Resized(
            TestPicture.Encode(96, 80, 3, "jpegsave_buffer", save => save.Set("keep", 0).Set("subsample_mode", 2)), 0xC0, width, height);
        var scan = Find(jpeg, StartOfScan);
        return [.. jpeg.AsSpan(0, scan), .. between, 0xFF, StartOfScan, 0, 8, 1, 1, 0, 0, 63, 0, .. jpeg.AsSpan(scan + 14, 46), 0xFF, 0xD9];
    }

    /// <summary>
    /// A JPEG whose AC symbols are 16 zeros with a value behind, so that the zeros behind its data are read as the largest unit
    /// that can be. Its blocks are empty, and all units but those at its beginning are missing.
    /// </summary>
    /// <param name="length">Bytes of the file.</param>
    /// <param name="valueBits">Bits of a value.</param>
    internal static byte[] LongestSymbols(int length, byte valueBits)
    {
        byte[] head =
        [
            0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64),
            0xFF, 0xC0, 0, 17, 8, 2720 >> 8, 2720 & 0xFF, 2720 >> 8, 2720 & 0xFF, 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0,
            0xFF, 0xC4, 0, 20, 0x00, 1, .. new byte[15], 0,
            0xFF, 0xC4, 0, 21, 0x10, .. new byte[15], 2, valueBits, 0,
            0xFF, StartOfScan, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0,
        ];
        // A block is a clear bit for its DC coefficient and the code of its end, 15 clear bits and a set one.
        var data = new byte[length - head.Length - 2];
        for (var bit = 16; bit < data.Length * 8 / (17 * 6) * 6 * 17; bit += 17)
        {
            data[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        return [.. head, .. data, 0xFF, 0xD9];
    }

    private static byte[] Resized(byte[] jpeg, byte frameMarker, ushort width, ushort height)
    {
        var frame = Find(jpeg, frameMarker);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 5), height);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 7), width);
        return jpeg;
    }

    /// <summary>Repeats the last scan of a progressive JPEG.</summary>
    internal static byte[] ManyScans(byte[] jpeg, int count)
    {
        // The last scan refines the last bits of AC coefficients; repeated, each costs a pass over all blocks.
        var last = jpeg.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, StartOfScan]);
        var scan = jpeg[last..^2];
        return [.. jpeg[..last], .. Enumerable.Repeat(scan, count).SelectMany(part => part), 0xFF, 0xD9];
    }

    private static byte[] App(int number, byte[] body) =>
        [0xFF, (byte)(0xE0 + number), (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

    private static byte[] Inserted(byte[] jpeg, byte[] segment) => [.. jpeg.AsSpan(0, 2), .. segment, .. jpeg.AsSpan(2)];

    private static byte[] Segment(byte[] jpeg, byte marker)
    {
        var start = Find(jpeg, marker);
        return jpeg[start..(start + 2 + (jpeg[start + 2] << 8) + jpeg[start + 3])];
    }

    private static byte[] Without(byte[] jpeg, byte marker)
    {
        while (Find(jpeg, marker) is >= 0 and var start)
        {
            jpeg = [.. jpeg.AsSpan(0, start), .. jpeg.AsSpan(start + 2 + (jpeg[start + 2] << 8) + jpeg[start + 3])];
            if (marker == StartOfScan)
            {
                break;
            }
        }

        return jpeg;
    }

    private static byte[] Changed(byte[] jpeg, byte marker, int offset, byte value)
    {
        var changed = jpeg.ToArray();
        changed[Find(changed, marker) + offset] = value;
        return changed;
    }

    private static int Find(byte[] jpeg, byte marker) => jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, marker]);

    private static byte[] Noise(int length)
    {
        var noise = new byte[length];
        new Random(length).NextBytes(noise);
        return noise;
    }
}
