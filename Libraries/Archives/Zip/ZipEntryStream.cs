using ImageLibrary.Core;

namespace ImageLibrary.Archives;

/// <summary>Reads an entry forward, enforces the limits on what really comes out, and reports damage as such.</summary>
internal sealed class ZipEntryStream(Stream inner, long length, long compressedLength, ArchiveLimits limits) : Stream
{
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
            return Count(inner.Read(buffer), buffer.Length);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(e);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Count(await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false), buffer.Length);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(e);
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

    private int Count(int read, int wanted)
    {
        _position += read;
        if (ArchiveFailures.Excess(_position, compressedLength, limits) is { } failure)
        {
            throw new SourceException(failure);
        }

        if (_position > length || (read == 0 && wanted > 0 && _position < length))
        {
            throw Damaged(inner: null);
        }

        return read;
    }

    private static SourceException Damaged(Exception? inner) =>
        new(new ImageFailure(FailureClass.Corrupt, "The entry's data is damaged."), inner);
}
