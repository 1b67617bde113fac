using System.Buffers.Binary;
using System.IO.Hashing;

namespace ImageLibrary.Archives;

/// <summary>
/// What libarchive does not tell of an entry of a rar: the checksum, which it does not compare where nothing is packed, and what
/// keeps it from being read. Sources: RAR 5.0 archive format (rarlab.com) and technote.txt of RAR 4.
/// </summary>
/// <param name="file">The archive; becomes this one's own.</param>
/// <param name="format">Which of the two formats.</param>
internal sealed class RarHeaders(FileStream file, ArchiveFormat format) : IDisposable
{
    private const int Signature4 = 7;
    private const int Signature5 = 8;

    // The longest name, and more. What lies behind it is of no interest.
    private const int LongestHeader = 8 << 10;
    private const int MostBlocks = 16;

    private readonly byte[] _buffer = new byte[LongestHeader];

    private enum BlockType
    {
        Other,
        Main,
        File,
        End,
    }

    /// <summary>Whether the archive is one of several parts.</summary>
    internal bool IsPart() => ReadBlock(Begin) is { Type: BlockType.Main, IsPart: true };

    /// <summary>Looks at the header of an entry.</summary>
    /// <param name="position">Where the blocks before it begin, if any.</param>
    /// <param name="size">The size that libarchive has found for it.</param>
    /// <returns>Null where the two do not agree.</returns>
    internal RarEntry? Entry(long position, long size)
    {
        var at = Math.Max(position, Begin);
        for (var blocks = 0; blocks < MostBlocks && ReadBlock(at) is { } block && block.Type != BlockType.End; blocks++)
        {
            if (block.Type == BlockType.File)
            {
                return block.Size == size ? block.Entry : null;
            }

            if (block.Length > file.Length - at)
            {
                return null;
            }

            at += block.Length;
        }

        return null;
    }

    public void Dispose() => file.Dispose();

    private long Begin => format == ArchiveFormat.Rar4 ? Signature4 : Signature5;

    private Block? ReadBlock(long position)
    {
        if (position > file.Length)
        {
            return null;
        }

        file.Position = position;
        var header = _buffer.AsSpan(0, file.ReadAtLeast(_buffer, _buffer.Length, throwOnEndOfStream: false));
        return format == ArchiveFormat.Rar4 ? Block4(header) : Block5(header);
    }

    private static Block? Block4(ReadOnlySpan<byte> data)
    {
        const int Shortest = 7;
        const int LongestShort = 32;
        if (data.Length < Shortest)
        {
            return null;
        }

        var flags = BinaryPrimitives.ReadUInt16LittleEndian(data[3..]);
        var length = BinaryPrimitives.ReadUInt16LittleEndian(data[5..]);
        if (length < Shortest || length > data.Length
            || (ushort)Crc32.HashToUInt32(data[2..length]) != BinaryPrimitives.ReadUInt16LittleEndian(data))
        {
            return null;
        }

        switch (data[2])
        {
            case 0x73:
                return new Block(BlockType.Main, length) { IsPart = (flags & 1) != 0 };
            case 0x74 when length >= LongestShort:
                var isLarge = (flags & 0x100) != 0 && length >= LongestShort + 8;
                var high = isLarge ? (long)BinaryPrimitives.ReadUInt32LittleEndian(data[36..]) << 32 : 0;
                return new Block(BlockType.File, length)
                {
                    Size = high + BinaryPrimitives.ReadUInt32LittleEndian(data[11..]),
                    Entry = new RarEntry(BinaryPrimitives.ReadUInt32LittleEndian(data[16..]), (flags & 4) != 0, (flags & 3) != 0),
                };
            case 0x7B:
                return new Block(BlockType.End, length);
            default:
                var content = (flags & 0x8000) != 0 && length >= Shortest + 4 ? BinaryPrimitives.ReadUInt32LittleEndian(data[7..]) : 0;
                return new Block(BlockType.Other, length + content);
        }
    }

    private static Block? Block5(ReadOnlySpan<byte> data)
    {
        const int ChecksumLength = 4;
        var fields = new RarNumbers(data, ChecksumLength);
        var rest = fields.Next();
        if (fields.IsBroken || rest > (ulong)(data.Length - fields.Position))
        {
            return null;
        }

        var end = fields.Position + (int)rest;
        if (Crc32.HashToUInt32(data[ChecksumLength..end]) != BinaryPrimitives.ReadUInt32LittleEndian(data))
        {
            return null;
        }

        fields = new RarNumbers(data[..end], fields.Position);
        var (type, flags) = (fields.Next(), fields.Next());
        var extra = (flags & 1) != 0 ? fields.Next() : 0;
        var content = (flags & 2) != 0 ? fields.Next() : 0;
        if (fields.IsBroken || content > (ulong)(long.MaxValue - end))
        {
            return null;
        }

        var length = end + (long)content;
        switch (type)
        {
            case 1:
                return new Block(BlockType.Main, length) { IsPart = (fields.Next() & 1) != 0 };
            case 2:
                var (about, size, _) = (fields.Next(), fields.Next(), fields.Next());
                fields.Skip((about & 2) != 0 ? 4 : 0);
                var checksum = (about & 4) != 0 && !fields.IsBroken && fields.Position + 4 <= end
                    ? BinaryPrimitives.ReadUInt32LittleEndian(data[fields.Position..]) : (uint?)null;
                return fields.IsBroken ? null : new Block(BlockType.File, length)
                {
                    Size = size <= long.MaxValue ? (long)size : -1,
                    Entry = new RarEntry(checksum, IsEncrypted(data[..end], extra), (flags & 0x18) != 0),
                };
            case 5:
                return new Block(BlockType.End, length);
            default:
                return new Block(BlockType.Other, length);
        }
    }

    private static bool IsEncrypted(ReadOnlySpan<byte> header, ulong extra)
    {
        const ulong Encryption = 1;
        var fields = new RarNumbers(header, extra <= (ulong)header.Length ? header.Length - (int)extra : header.Length);
        while (fields.Position < header.Length && !fields.IsBroken)
        {
            var size = fields.Next();
            var next = (ulong)fields.Position + size;
            if (fields.Next() == Encryption && !fields.IsBroken)
            {
                return true;
            }

            if (next > (ulong)header.Length)
            {
                break;
            }

            fields = new RarNumbers(header, (int)next);
        }

        return false;
    }

    private readonly record struct Block(BlockType Type, long Length)
    {
        public bool IsPart { get; init; }

        public long Size { get; init; }

        public RarEntry Entry { get; init; }
    }
}

/// <summary>What the header of an entry of a rar tells.</summary>
/// <param name="Checksum">CRC-32 of the content; null when there is none.</param>
/// <param name="IsEncrypted">The content is encrypted.</param>
/// <param name="IsSplit">The content goes on in another part, or began in one.</param>
internal readonly record struct RarEntry(uint? Checksum, bool IsEncrypted, bool IsSplit);
