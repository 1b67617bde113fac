using System.Buffers.Binary;
using System.IO.Hashing;

namespace ImageLibrary.Tests.Archives.Support;

/// <summary>Makes the checksums of headers right again, so that damage gets past them to the code behind.</summary>
internal static class ArchiveChecksums
{
    public static void Repair(string kind, byte[] file)
    {
        switch (kind)
        {
            case "7z":
                RepairSevenZip(file);
                break;
            case "rar4":
                RepairRar4(file);
                break;
            case "rar5":
                RepairRar5(file);
                break;
            case "tar":
                RepairTar(file);
                break;
        }
    }

    private static void RepairSevenZip(byte[] file)
    {
        if (file.Length < 32)
        {
            return;
        }

        var offset = BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(12));
        var size = BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(20));
        if (offset >= 0 && size >= 0 && offset <= file.Length - 32 && size <= file.Length - 32 - offset)
        {
            Crc32.Hash(file.AsSpan(32 + (int)offset, (int)size)).CopyTo(file, 28);
        }

        Crc32.Hash(file.AsSpan(12, 20)).CopyTo(file, 8);
    }

    private static void RepairRar4(byte[] file)
    {
        for (var at = 7; at + 11 <= file.Length;)
        {
            var size = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at + 5));
            if (size < 7 || at + size > file.Length)
            {
                return;
            }

            Crc32.Hash(file.AsSpan(at + 2, size - 2)).AsSpan(0, 2).CopyTo(file.AsSpan(at));
            var data = file[at + 2] == 0x74 ? BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 7)) : 0;
            if (data < 0 || data > file.Length)
            {
                return;
            }

            at += size + data;
        }
    }

    private static void RepairRar5(byte[] file)
    {
        for (var at = 8; at + 7 < file.Length;)
        {
            var fields = at + 4;
            var size = Number(file, ref fields);
            if (size <= 0 || size > file.Length - fields)
            {
                return;
            }

            var end = fields + size;
            Crc32.Hash(file.AsSpan(at + 4, (int)(end - at - 4))).CopyTo(file, at);
            _ = Number(file, ref fields);
            var flags = Number(file, ref fields);
            _ = (flags & 1) != 0 ? Number(file, ref fields) : 0;
            var data = (flags & 2) != 0 ? Number(file, ref fields) : 0;
            if (data < 0 || data > file.Length)
            {
                return;
            }

            at = (int)(end + data);
        }
    }

    private static void RepairTar(byte[] file)
    {
        for (var at = 0; at + 512 <= file.Length; at += 512)
        {
            if (!file.AsSpan(at + 257, 5).SequenceEqual("ustar"u8))
            {
                continue;
            }

            file.AsSpan(at + 148, 8).Fill((byte)' ');
            var sum = file.AsSpan(at, 512).ToArray().Sum(value => value);
            System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0").CopyTo(file, at + 148);
        }
    }

    private static long Number(byte[] file, ref int at)
    {
        var value = 0L;
        for (var shift = 0; shift < 63 && at < file.Length; shift += 7)
        {
            var part = file[at++];
            value |= (long)(part & 127) << shift;
            if (part < 128)
            {
                return value;
            }
        }

        return -1;
    }
}
