using System.Buffers.Binary;

namespace ImageLibrary.Archives;

/// <summary>The records at the end of a zip file, read before its directory is. Source: PKWARE APPNOTE 6.3.10, 4.3.</summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int LongestComment = ushort.MaxValue;

    /// <summary>Whether a file begins like a zip: with an entry, or with the end record of an empty one.</summary>
    internal static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8);

    /// <summary>Reads how many entries the directory claims to have.</summary>
    /// <returns>Null when there is no end record: the file was cut off.</returns>
    internal static ulong? ReadEntryCount(Stream file)
    {
        var length = (int)Math.Min(file.Length, EndLength + LongestComment + LocatorLength);
        var tail = new byte[length];
        file.Position = file.Length - length;
        file.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || end + EndLength > length)
        {
            return null;
        }

        var count = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10));
        var locator = end - LocatorLength;
        if (count != ushort.MaxValue || locator < 0 || !tail.AsSpan(locator, 4).SequenceEqual("PK\x06\x07"u8))
        {
            return count;
        }

        var record = new byte[40];
        var offset = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(locator + 8));
        if (offset < 0 || offset > file.Length - record.Length)
        {
            return null;
        }

        file.Position = offset;
        file.ReadExactly(record);
        return record.AsSpan().StartsWith("PK\x06\x06"u8) ? BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(32)) : null;
    }
}
