using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace ImageLibrary.Archives;

/// <summary>
/// Unpacks the members of a gzip one after another and compares their checksums. The framework's reader does that, too, but where a
/// checksum is wrong it loses what was unpacked together with it, and where a file is cut off it says nothing. Source: RFC 1952.
/// </summary>
internal sealed class GzipMembers(FileStream file) : IDisposable
{
    private const int HeaderLength = 10;
    private const int TrailerLength = 8;
    private const int LongestText = 64 << 10;
    private const byte Deflate = 8;
    private const int ChecksumFlag = 2;
    private const int ExtraFlag = 4;
    private const int NameFlag = 8;
    private const int CommentFlag = 16;

    // Each takes a decompressor of its own. Behind so many, the framework's reader takes all others together.
    private const int MostMembers = 10_000;

    private readonly Crc32 _checksum = new();
    private Input? _input;
    private Stream? _content;
    private uint _length;
    private int _members;
    private bool _ended;

    /// <summary>Whether the content of some member is not what was packed, or its end is missing; known once that was looked for.</summary>
    internal bool IsChecksumWrong { get; private set; }

    /// <summary>Reads on.</summary>
    /// <returns>0 at the end.</returns>
    /// <exception cref="InvalidDataException">It cannot be unpacked.</exception>
    internal int Read(Span<byte> buffer)
    {
        while (!_ended)
        {
            _content ??= Begin();
            var read = _content?.Read(buffer) ?? 0;
            if (read > 0)
            {
                _checksum.Append(buffer[..read]);
                _length += (uint)read;
                return read;
            }

            _ended = _content is null or GZipStream || !TryEnd();
        }

        return 0;
    }

    public void Dispose() => _content?.Dispose();

    /// <summary>Goes into the next member; null where something else follows the last one.</summary>
    private Stream? Begin()
    {
        if (++_members > MostMembers)
        {
            return new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        }

        Span<byte> header = stackalloc byte[HeaderLength];
        if (file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength || header is not [0x1F, 0x8B, Deflate, ..])
        {
            return _members > 1 ? null : throw new InvalidDataException("This is no gzip.");
        }

        var flags = header[3];
        if ((flags & ExtraFlag) != 0)
        {
            Span<byte> length = stackalloc byte[sizeof(ushort)];
            if (file.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length)
            {
                throw new InvalidDataException("The header has no end.");
            }

            file.Position += BinaryPrimitives.ReadUInt16LittleEndian(length);
        }

        SkipText((flags & NameFlag) != 0);
        SkipText((flags & CommentFlag) != 0);
        file.Position += (flags & ChecksumFlag) != 0 ? sizeof(ushort) : 0;
        _input = new Input(file);
        return new DeflateStream(_input, CompressionMode.Decompress);
    }

    private void SkipText(bool isThere)
    {
        for (var length = 0; isThere; length++)
        {
            var next = file.ReadByte();
            if (next < 0 || length > LongestText)
            {
                throw new InvalidDataException("A text in the header has no end.");
            }

            isThere = next != 0;
        }
    }

    /// <summary>
    /// Looks for the checksum and length of what was unpacked, which lie where the decompressor found its end: in what it read last, or
    /// right behind.
    /// </summary>
    private bool TryEnd()
    {
        Span<byte> trailer = stackalloc byte[TrailerLength];
        _checksum.GetHashAndReset(trailer);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], _length);
        _length = 0;
        _content!.Dispose();
        _content = null;
        var last = new byte[_input!.LastCount + TrailerLength];
        file.Position = _input.LastPosition;
        var count = file.ReadAtLeast(last, last.Length, throwOnEndOfStream: false);
        var found = last.AsSpan(0, count).IndexOf(trailer);
        if (found < 0)
        {
            IsChecksumWrong = true;
            return false;
        }

        file.Position = _input.LastPosition + found + TrailerLength;
        return true;
    }

    /// <summary>Knows what was read last.</summary>
    private sealed class Input(FileStream file) : Stream
    {
        internal long LastPosition { get; private set; } = file.Position;

        internal int LastCount { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var position = file.Position;
            var read = file.Read(buffer);
            if (read > 0)
            {
                (LastPosition, LastCount) = (position, read);
            }

            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
