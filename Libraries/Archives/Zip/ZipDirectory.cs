using System.Buffers.Binary;

namespace ImageLibrary.Archives;

/// <summary>The records at the end of a zip file, read before its directory is. Source: PKWARE APPNOTE 6.3.10, 4.3.</summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int LongestComment = ushort.MaxValue;
    private const int EntryLength = 46;
    private const int EncryptedFlag = 1;
    private const int Stored = 0;
    private const int Deflate = 8;
    private const int Deflate64 = 9;

    /// <summary>Whether a file begins like a zip: with an entry, or with the end record of an empty one.</summary>
    internal static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8);

    /// <summary>Reads how many entries the directory claims to have.</summary>
    /// <returns>Null when there is no end record: the file was cut off.</returns>
    internal static ulong? ReadEntryCount(Stream file) => Find(file)?.Count;

    /// <summary>Whether the content of some entry is packed by what the framework does not know, and not encrypted.</summary>
    internal static bool HasForeignCompression(Stream file)
    {
        if (Find(file) is not { } directory || directory.Offset < 0)
        {
            return false;
        }

        Span<byte> entry = stackalloc byte[EntryLength];
        file.Position = directory.Offset;
        for (var left = directory.Count; left > 0; left--)
        {
            if (file.ReadAtLeast(entry, EntryLength, throwOnEndOfStream: false) < EntryLength || !entry.StartsWith("PK\x01\x02"u8))
            {
                return false;
            }

            var isEncrypted = (BinaryPrimitives.ReadUInt16LittleEndian(entry[8..]) & EncryptedFlag) != 0;
            if (!isEncrypted && BinaryPrimitives.ReadUInt16LittleEndian(entry[10..]) is not (Stored or Deflate or Deflate64))
            {
                return true;
            }

            // Name, additions and comment.
            file.Position += BinaryPrimitives.ReadUInt16LittleEndian(entry[28..]) + BinaryPrimitives.ReadUInt16LittleEndian(entry[30..])
                + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
        }

        return false;
    }

    private static (ulong Count, long Offset)? Find(Stream file)
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
        var start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        var locator = end - LocatorLength;
        if ((count != ushort.MaxValue && start != uint.MaxValue) || locator < 0 || !tail.AsSpan(locator, 4).SequenceEqual("PK\x06\x07"u8))
        {
            return (count, start);
        }

        var record = new byte[56];
        var offset = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(locator + 8));
        if (offset < 0 || offset > file.Length - record.Length)
        {
            return null;
        }

        file.Position = offset;
        file.ReadExactly(record);
        return record.AsSpan().StartsWith("PK\x06\x06"u8)
            ? (BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(32)), BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48)))
            : null;
    }
}
