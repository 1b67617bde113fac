using System.Buffers;
using ImageLibrary.Core;

namespace ImageLibrary.Api.Images;

/// <summary>
/// Reads an entry and closes its archive at the end. Entries can only be read forward, so that a range skips what lies
/// before it, and a step back starts over. A read fills its buffer, so that a small entry that is cut off fails before anything is sent.
/// </summary>
internal sealed class ArchiveEntryStream : Stream
{
    private const int SkipBuffer = 64 << 10;
    private readonly IArchive _archive;
    private readonly ArchiveEntry _entry;
    private Stream _content;
    private long _contentPosition;

    /// <summary>Opens the entry, so that one that cannot be read fails here.</summary>
    /// <param name="archive">The archive, owned from here on.</param>
    /// <param name="entry">One of its entries.</param>
    public ArchiveEntryStream(IArchive archive, ArchiveEntry entry)
    {
        _archive = archive;
        _entry = entry;
        _content = archive.OpenEntry(entry);
    }

    public override bool CanRead => true;

    /// <summary>Some archives tell the size of an entry only behind its content.</summary>
    public override bool CanSeek => _entry.Size >= 0;

    public override bool CanWrite => false;

    public override long Length => CanSeek ? _entry.Size : throw new NotSupportedException();

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        MoveContent();
        var count = 0;
        try
        {
            while (count < buffer.Length && _content.Read(buffer[count..]) is > 0 and var read)
            {
                count += read;
            }
        }
        catch (SourceException e) when (IsWhole(e))
        {
        }

        Position = _contentPosition += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        MoveContent();
        var count = 0;
        try
        {
            while (count < buffer.Length && await _content.ReadAsync(buffer[count..], cancellationToken) is > 0 and var read)
            {
                count += read;
            }
        }
        catch (SourceException e) when (IsWhole(e))
        {
        }

        Position = _contentPosition += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
            _archive.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>Whether the checksum alone is wrong, which shows at the end: all bytes that there are were read.</summary>
    private static bool IsWhole(SourceException exception) => exception.Failure.Class == FailureClass.DamagedSource;

    private void MoveContent()
    {
        if (Position < _contentPosition)
        {
            _content.Dispose();
            _content = _archive.OpenEntry(_entry);
            _contentPosition = 0;
        }
        if (Position == _contentPosition)
        {
            return;
        }
        var buffer = ArrayPool<byte>.Shared.Rent(SkipBuffer);
        try
        {
            while (_contentPosition < Position
                && _content.Read(buffer, 0, (int)Math.Min(buffer.Length, Position - _contentPosition)) is > 0 and var count)
            {
                _contentPosition += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
