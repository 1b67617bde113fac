using System.IO.Hashing;
using System.Text;

namespace ImageLibrary.Tests.Archives.Support;

/// <summary>
/// Writes rar archives without compression, since no free program writes any. Sources: RAR 5.0 archive format (rarlab.com)
/// and technote.txt of RAR 4.
/// </summary>
internal static class RarWriter
{
    private const uint ModifiedUnix = 1_700_000_000;
    private const uint ModifiedDos = ((2023u - 1980) << 25) | (11 << 21) | (14 << 16);

    public static byte[] Rar5(IEnumerable<(string Name, byte[] Content)> files, bool encrypted = false)
    {
        // Encryption by AES-256: version, flags, rounds, salt, vector.
        byte[] extra = encrypted ? [.. Number(36), .. Number(1), .. Number(0), .. Number(0), 15, .. new byte[32]] : [];
        byte[] extraLength = encrypted ? Number(extra.Length) : [];
        var archive = new MemoryStream();
        archive.Write("Rar!\x1A\x07\x01\x00"u8);
        Header5(archive, [.. Number(1), .. Number(0), .. Number(0)], []);
        foreach (var (name, content) in files)
        {
            var bytes = Encoding.UTF8.GetBytes(name);
            Header5(archive,
                [
                    .. Number(2), .. Number(encrypted ? 3 : 2), .. extraLength, .. Number(content.Length), .. Number(2 | 4), .. Number(content.Length), .. Number(0x1A4),
                    .. BitConverter.GetBytes(ModifiedUnix), .. Crc32.Hash(content), .. Number(0), .. Number(1),
                    .. Number(bytes.Length), .. bytes, .. extra,
                ],
                content);
        }

        Header5(archive, [.. Number(5), .. Number(0), .. Number(0)], []);
        return archive.ToArray();
    }

    public static byte[] Rar4(IEnumerable<(string Name, byte[] Content)> files)
    {
        var archive = new MemoryStream();
        archive.Write("Rar!\x1A\x07\x00"u8);
        Header4(archive, 0x73, 0, new byte[6], []);
        foreach (var (name, content) in files)
        {
            var bytes = Encoding.UTF8.GetBytes(name);
            Header4(archive, 0x74, 0x8000,
                [
                    .. BitConverter.GetBytes(content.Length), .. BitConverter.GetBytes(content.Length), 3, .. Crc32.Hash(content),
                    .. BitConverter.GetBytes(ModifiedDos), 20, 0x30, .. BitConverter.GetBytes((ushort)bytes.Length),
                    .. BitConverter.GetBytes(0x81A4), .. bytes,
                ],
                content);
        }

        Header4(archive, 0x7B, 0x4000, [], []);
        return archive.ToArray();
    }

    private static void Header5(MemoryStream archive, byte[] fields, byte[] data)
    {
        byte[] header = [.. Number(fields.Length), .. fields];
        archive.Write(Crc32.Hash(header));
        archive.Write(header);
        archive.Write(data);
    }

    private static void Header4(MemoryStream archive, byte type, ushort flags, byte[] fields, byte[] data)
    {
        byte[] header = [type, .. BitConverter.GetBytes(flags), .. BitConverter.GetBytes((ushort)(7 + fields.Length)), .. fields];
        archive.Write(Crc32.Hash(header).AsSpan(0, 2));
        archive.Write(header);
        archive.Write(data);
    }

    /// <summary>Seven bits a byte, the lowest first; the top bit says that more follow.</summary>
    private static byte[] Number(int value)
    {
        var bytes = new List<byte>();
        for (; value > 127; value >>= 7)
        {
            bytes.Add((byte)(value | 128));
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }
}
