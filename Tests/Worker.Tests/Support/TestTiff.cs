using System.Buffers.Binary;

namespace ImageLibrary.Tests.Worker.Support;

/// <summary>Small uncompressed TIFF files. Source: TIFF 6.0, baseline RGB.</summary>
internal static class TestTiff
{
    private const ushort Short = 3;
    private const ushort Long = 4;

    /// <summary>A picture with a gradient.</summary>
    /// <param name="side">Width and height in pixels.</param>
    /// <param name="claimedSide">Width and height that the header claims; null for the real ones.</param>
    public static byte[] Create(int side, int? claimedSide = null)
    {
        var claimed = claimedSide ?? side;
        (ushort Tag, ushort Type, int Value)[] fields =
        [
            (256, Long, claimed), (257, Long, claimed), (258, Short, 8), (259, Short, 1), (262, Short, 2), (273, Long, 0),
            (277, Short, 3), (278, Long, claimed), (279, Long, side * side * 3), (284, Short, 1),
        ];
        var pixels = 8 + 2 + fields.Length * 12 + 4;
        var file = new byte[pixels + side * side * 3];
        "II*\0"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), 8);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(8), (short)fields.Length);
        for (var i = 0; i < fields.Length; i++)
        {
            var entry = file.AsSpan(10 + i * 12);
            BinaryPrimitives.WriteUInt16LittleEndian(entry, fields[i].Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], fields[i].Type);
            BinaryPrimitives.WriteInt32LittleEndian(entry[4..], 1);
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], fields[i].Tag == 273 ? pixels : fields[i].Value);
        }
        for (var at = 0; at < side * side * 3; at++)
        {
            file[pixels + at] = (byte)(at / 3 % side * 255 / side);
        }
        return file;
    }
}
