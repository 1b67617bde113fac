using System.Buffers.Binary;
using System.Text;

namespace ImageLibrary.Tests.Imaging;

/// <summary>Generates hostile and damaged files of many kinds.</summary>
internal static class BadInput
{
    /// <summary>Each kind with its bytes: those made by hand, then damage of every sort to one file of each format.</summary>
    internal static IEnumerable<(string Kind, byte[] Content)> All() =>
        [.. Simple(), .. BadJpegs.All(), .. BadContainers.All(), .. Originals().SelectMany(item => Damages(item.Format, item.File)), .. Noise()];

    /// <summary>An undamaged file of each format.</summary>
    internal static IEnumerable<(string Format, byte[] File)> Originals()
    {
        yield return ("jpeg", TestPicture.Encode(320, 240, 3, "jpegsave_buffer"));
        yield return ("progressive jpeg", TestPicture.Encode(320, 240, 3, "jpegsave_buffer", save => save.Set("interlace", 1)));
        yield return ("png", TestPicture.Encode(160, 120, 3, "pngsave_buffer"));
        yield return ("webp", TestPicture.Encode(320, 240, 3, "webpsave_buffer"));
        yield return ("gif", TestPicture.Encode(80, 60, 3, "gifsave_buffer"));
        yield return ("tiff", TestPicture.Encode(80, 60, 3, "tiffsave_buffer"));
        yield return ("avif", TestPicture.Encode(64, 48, 3, "heifsave_buffer", save => save.Set("compression", 4).Set("effort", 0)));
        yield return ("bitmap", TestBmp.Encode(80, 60, 24));
        yield return ("raw", TestRaw.All(TestPicture.Encode(160, 120, 3, "jpegsave_buffer")).First().File);
    }

    private static IEnumerable<(string Kind, byte[] Content)> Simple()
    {
        yield return ("empty", []);
        yield return ("one byte", [0xFF]);
        yield return ("zeros", new byte[10_000]);
        yield return ("text", Encoding.UTF8.GetBytes("This is no picture, whatever its name says."));
        yield return ("svg", Encoding.UTF8.GetBytes("<svg xmlns=\"http://www.w3.org/2000/svg\"><rect/></svg>"));
        yield return ("pdf", Encoding.UTF8.GetBytes("%PDF-1.7\n1 0 obj\n"));
        yield return ("bmp", [.. "BM"u8, .. new byte[60]]);
        yield return ("zip", [.. "PK\u0003\u0004"u8, .. new byte[60]]);
    }

    private static IEnumerable<(string Kind, byte[] Content)> Damages(string format, byte[] file)
    {
        for (var tenth = 1; tenth < 10; tenth++)
        {
            yield return ($"{format} cut at {tenth}0 %", file[..(file.Length * tenth / 10)]);
        }

        yield return ($"{format} with noise inside", Damaged(file, file.Length / 3, file.Length / 3));
        yield return ($"{format} with a noisy header", Damaged(file, 12, 40));
        yield return ($"{format} behind something else", [.. "junk"u8, .. file]);
        yield return ($"{format} with a zip behind it", [.. file, .. "PK\u0003\u0004"u8, .. new byte[200]]);
        foreach (var at in Telling(format, file))
        {
            var changed = file.ToArray();
            changed[at] ^= 0xFF;
            yield return ($"{format} with byte {at} flipped", changed);
        }
    }

    /// <summary>
    /// Where bytes say what the others mean: the beginning, with the segments of a JPEG and the boxes of an AVIF, and the
    /// directory of a TIFF. The quick form takes each of the first and some of the others.
    /// </summary>
    private static IEnumerable<int> Telling(string format, byte[] file)
    {
        const int Header = 48;
        var step = TestForm.IsLong ? 1 : 29;
        var directory = format == "tiff" ? BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4)) : file.Length;
        return
        [
            .. Enumerable.Range(0, Header),
            .. Enumerable.Range(Header, Math.Min(file.Length, 1000) - Header).Where(at => at % step == 0),
            .. Enumerable.Range(directory, file.Length - directory).Where(at => TestForm.IsLong || at % 5 == 0),
        ];
    }

    private static IEnumerable<(string Kind, byte[] Content)> Noise()
    {
        var random = new Random(1);
        foreach (var signature in (byte[][])[[0xFF, 0xD8, 0xFF, 0xC0], [0x89, .. "PNG\r\n\x1a\n"u8], [.. "GIF89a"u8], [.. "II*\0"u8], [0xFF, 0x0A]])
        {
            var noise = new byte[5000];
            random.NextBytes(noise);
            signature.CopyTo(noise, 0);
            yield return ($"noise behind a signature of {signature.Length} bytes", noise);
        }
    }

    private static byte[] Damaged(byte[] file, int start, int length)
    {
        var changed = file.ToArray();
        new Random(start).NextBytes(changed.AsSpan(start, Math.Min(length, file.Length - start)));
        return changed;
    }
}
