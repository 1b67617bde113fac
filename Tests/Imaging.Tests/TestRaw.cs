using System.Buffers.Binary;

namespace ImageLibrary.Tests.Imaging;

/// <summary>Builds files with the structure of cameras' RAW files, with previews but without sensor data.</summary>
internal static class TestRaw
{
    /// <summary>A little-endian TIFF with one directory of 16-bit numbers and texts, and anything behind it.</summary>
    internal static byte[] Tiff(IReadOnlyList<(int Tag, object Value)> fields, params byte[][] appended)
    {
        var directory = new byte[2 + 12 * fields.Count + 4];
        var texts = new List<byte>();
        var textsStart = 8 + directory.Length;
        BinaryPrimitives.WriteUInt16LittleEndian(directory, (ushort)fields.Count);
        for (var i = 0; i < fields.Count; i++)
        {
            var entry = directory.AsSpan(2 + 12 * i, 12);
            BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)fields[i].Tag);
            if (fields[i].Value is string text)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], 2);
                BinaryPrimitives.WriteInt32LittleEndian(entry[4..], text.Length + 1);
                BinaryPrimitives.WriteInt32LittleEndian(entry[8..], textsStart + texts.Count);
                texts.AddRange([.. System.Text.Encoding.ASCII.GetBytes(text), 0, 0, 0, 0]);
            }
            else
            {
                BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], 3);
                BinaryPrimitives.WriteInt32LittleEndian(entry[4..], 1);
                BinaryPrimitives.WriteInt32LittleEndian(entry[8..], (int)fields[i].Value);
            }
        }

        return [.. "II*\0"u8, 8, 0, 0, 0, .. directory, .. texts, .. appended.SelectMany(part => part)];
    }

    /// <summary>Each kind of RAW file that is recognised, with the given previews, turned by orientation 6 where it can say so.</summary>
    internal static IEnumerable<(string Format, byte[] File)> All(params byte[][] previews)
    {
        const int Orientation = 0x0112;
        yield return ("dng", Tiff([(0x010F, "Ricoh"), (0x0110, "GR III"), (Orientation, 6), (0xC612, 1)], previews));
        yield return ("nef", Tiff([(0x010F, "NIKON CORPORATION"), (0x0110, "NIKON D850"), (Orientation, 6), (0x014A, 0)], previews));
        yield return ("arw", Tiff([(0x010F, "SONY"), (0x0110, "ILCE-7M4"), (Orientation, 6), (0x014A, 0)], previews));
        var cr2 = Tiff([(0x010F, "Canon"), (0x0110, "Canon EOS 5D"), (Orientation, 6)], previews);
        yield return ("cr2", [.. "II*\0"u8, 16, 0, 0, 0, .. "CR\u0002\0"u8, 0, 0, 0, 0, .. Moved(cr2, 8)]);
        var orf = Tiff([(0x010F, "OLYMPUS"), (0x0110, "E-M1"), (Orientation, 6)], previews);
        yield return ("orf", [.. "IIRO"u8, .. orf.AsSpan(4)]);
        yield return ("rw2", [.. "IIU\0"u8, .. orf.AsSpan(4)]);
        yield return ("raf", [.. "FUJIFILMCCD-RAW 0201"u8, .. new byte[80], .. previews.SelectMany(part => part)]);
        yield return ("cr3", [0, 0, 0, 24, .. "ftypcrx "u8, .. new byte[12], 0, 0, 1, 0, .. "CMT1"u8, .. orf.AsSpan(), .. previews.SelectMany(part => part)]);
    }

    /// <summary>A directory whose texts are addressed from further behind.</summary>
    private static byte[] Moved(byte[] tiff, int distance)
    {
        var moved = tiff[8..];
        for (var i = 0; i < BinaryPrimitives.ReadUInt16LittleEndian(moved); i++)
        {
            var entry = moved.AsSpan(2 + 12 * i, 12);
            if (BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]) == 2)
            {
                BinaryPrimitives.WriteInt32LittleEndian(entry[8..], BinaryPrimitives.ReadInt32LittleEndian(entry[8..]) + distance);
            }
        }

        return moved;
    }
}
