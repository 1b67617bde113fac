using System.IO.Hashing;
using ImageLibrary.Core;

namespace ImageLibrary.Archives;

/// <summary>
/// Reads an entry forward, enforces the limits on what really comes out, and reports damage as such: the framework's reader
/// does not look at checksums.
/// </summary>
internal sealed class ZipEntryStream(Stream inner, long length, long compressedLength, uint checksum, ArchiveLimits limits) : Stream
{
    private readonly Crc32 _checksum = new();
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    /// <summary>The size that the directory claims.</summary>
    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Check(buffer, inner.Read(buffer));
        }
        catch (InvalidDataException e)
        {
            throw ArchiveFailures.Damaged(e);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            return Check(buffer.Span, read);
        }
        catch (InvalidDataException e)
        {
            throw ArchiveFailures.Damaged(e);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Check(ReadOnlySpan<byte> buffer, int read)
    {
        _position += read;
        _checksum.Append(buffer[..read]);
        if (ArchiveFailures.Excess(_position, compressedLength, limits) is { } failure)
        {
            throw new SourceException(failure);
        }

        var ends = read == 0 && !buffer.IsEmpty;
        if (_position > length || (ends && _position < length))
        {
            throw ArchiveFailures.Damaged();
        }

        return ends && _checksum.GetCurrentHashAsUInt32() != checksum ? throw ArchiveFailures.WrongChecksum() : read;
    }
}
