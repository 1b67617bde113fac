using System.IO.Hashing;
using ImageLibrary.Core;

namespace ImageLibrary.Archives;

/// <summary>Reads the current entry of a pass forward and enforces the limits on what really comes out.</summary>
/// <param name="reader">At the entry.</param>
/// <param name="length">The size that the header claims; -1 when it does not.</param>
/// <param name="checksum">CRC-32 of the content, where it is known and the reader does not compare it.</param>
/// <param name="limits">The limits.</param>
internal sealed class PassEntryStream(LibArchiveReader reader, long length, uint? checksum, ArchiveLimits limits) : Stream
{
    private readonly Crc32? _checksum = checksum is null ? null : new Crc32();
    private readonly long _compressedBefore = reader.CompressedBytes;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    /// <summary>The size that the header claims.</summary>
    public override long Length => length >= 0 ? length : throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        var read = Read(buffer, atEnd: _position == length);
        _position += read;
        _checksum?.Append(buffer[..read]);
        if (ArchiveFailures.Excess(_position, reader.CompressedBytes - _compressedBefore, limits) is { } excess)
        {
            throw new SourceException(excess);
        }

        if (length >= 0 && (_position > length || (read == 0 && _position < length)))
        {
            throw ArchiveFailures.Damaged();
        }

        var isWrong = read == 0 && (reader.IsChecksumWrong || _checksum?.GetCurrentHashAsUInt32() != checksum);
        return isWrong ? throw ArchiveFailures.WrongChecksum() : read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Most formats' readers compare checksums when they find the end.</summary>
    private int Read(Span<byte> buffer, bool atEnd)
    {
        try
        {
            return reader.Read(buffer);
        }
        catch (SourceException e) when (atEnd && e.Failure.Class == FailureClass.Corrupt)
        {
            throw ArchiveFailures.WrongChecksum(e);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
