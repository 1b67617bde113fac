using System.Buffers.Binary;

namespace MongoDB.Bson.IO;

/// <summary>
/// A stream over a buffer. It works on a window, the piece of memory around the position, and asks the buffer only when the
/// position leaves it.
/// </summary>
public partial class ByteBufferStream : BsonStream, IStreamEfficientCopyTo
{
    private readonly bool _ownsBuffer;

    // Set where growing replaces the memory, so that a stale window is noticed.
    private readonly ByteArrayBuffer _movingBuffer;
    private IByteBuffer _buffer;
    private byte[] _window = [];
    private int _windowStart;
    private int _windowEnd;

    // What to add to a position to get an index of the window's array.
    private int _shift;
    private int _position;
    private int _length;

    public ByteBufferStream(IByteBuffer buffer, bool ownsBuffer = false)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        _buffer = buffer;
        _ownsBuffer = ownsBuffer;
        _length = buffer.Length;
        _movingBuffer = buffer.IsReadOnly ? null : buffer as ByteArrayBuffer;
    }

    public IByteBuffer Buffer
    {
        get
        {
            ThrowIfDisposed();
            return _buffer;
        }
    }

    public override bool CanRead => _buffer != null;

    public override bool CanSeek => _buffer != null;

    public override bool CanTimeout => false;

    public override bool CanWrite => _buffer is { IsReadOnly: false };

    public override long Length
    {
        get
        {
            ThrowIfDisposed();
            return _length;
        }
    }

    public override long Position
    {
        get
        {
            ThrowIfDisposed();
            return _position;
        }
        set
        {
            ThrowIfDisposed();
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, int.MaxValue);
            _position = (int)value;
        }
    }

    public void EfficientCopyTo(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ThrowIfDisposed();
        while (_position < _length)
        {
            var piece = _buffer.AccessBackingBytes(_position);
            var count = Math.Min(piece.Count, _length - _position);
            destination.Write(piece.Array, piece.Offset, count);
            _position += count;
        }
    }

    public override void Flush() => ThrowIfDisposed();

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    public override int Read(Span<byte> buffer)
    {
        ThrowIfDisposed();
        var count = Math.Clamp(_length - _position, 0, buffer.Length);
        _buffer.CopyTo(_position, buffer[..count]);
        _position += count;
        return count;
    }

    public override int ReadByte()
    {
        if (_position >= _length)
        {
            ThrowIfDisposed();
            return -1;
        }
        return Take(1)[0];
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        var start = origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => _position,
            SeekOrigin.End => _length,
            _ => throw new ArgumentOutOfRangeException(nameof(origin)),
        };
        var position = start + offset;
        if (position < 0)
        {
            throw new IOException("The position would lie before the start of the stream.");
        }
        Position = position;
        return position;
    }

    public override void SetLength(long value)
    {
        ThrowIfDisposed();
        ThrowIfNotWritable();
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, int.MaxValue);
        var length = (int)value;
        _buffer.EnsureCapacity(length);
        _buffer.Length = _buffer.Capacity;
        if (length > _length)
        {
            _buffer.Clear(_length, length - _length);
        }
        _length = length;
        _position = Math.Min(_position, length);
        ForgetWindow();
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        Write(buffer.AsSpan(offset, count));
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (TryReserve(buffer.Length, out var memory))
        {
            buffer.CopyTo(memory);
        }
        else
        {
            _buffer.CopyFrom(_position, buffer);
        }
        Advance(buffer.Length);
    }

    public override void WriteByte(byte value) => Write([value]);

    protected override void Dispose(bool disposing)
    {
        if (disposing && _buffer != null)
        {
            if (_ownsBuffer)
            {
                _buffer.Dispose();
            }
            _buffer = null;
            // Every access then leaves the window and finds the stream disposed.
            _length = _position = 0;
            ForgetWindow();
        }
        base.Dispose(disposing);
    }

    /// <summary>The next bytes, which lie in the window or, across the border of two chunks, in a copy.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _length - _position)
        {
            ThrowIfDisposed();
            throw new EndOfStreamException($"The data ends {count - (_length - _position)} bytes too early.");
        }
        if (!InWindow(count) && !MoveWindow(count))
        {
            var copy = new byte[count];
            _buffer.CopyTo(_position, copy);
            _position += count;
            return copy;
        }
        var bytes = new ReadOnlySpan<byte>(_window, _position + _shift, count);
        _position += count;
        return bytes;
    }

    /// <summary>Makes room at the position. False where the room lies in several chunks.</summary>
    private bool TryReserve(int count, out Span<byte> memory)
    {
        if (_position > _length || !InWindow(count) || (_movingBuffer?.IsReadOnly ?? _buffer.IsReadOnly))
        {
            ThrowIfDisposed();
            ThrowIfNotWritable();
            Grow(count);
            if (!MoveWindow(count))
            {
                memory = default;
                return false;
            }
        }
        memory = new Span<byte>(_window, _position + _shift, count);
        return true;
    }

    private void Advance(int count)
    {
        _position += count;
        if (_position > _length)
        {
            _length = _position;
        }
    }

    private void Grow(int count)
    {
        if (count > int.MaxValue - _position)
        {
            throw new IOException("The stream would become longer than 2 GiB.");
        }
        _buffer.EnsureCapacity(_position + count);
        _buffer.Length = _buffer.Capacity;
        if (_position > _length)
        {
            _buffer.Clear(_length, _position - _length);
        }
    }

    private bool InWindow(int count) =>
        _position >= _windowStart && count <= _windowEnd - _position && (_movingBuffer == null || ReferenceEquals(_movingBuffer.Bytes, _window));

    private bool MoveWindow(int count)
    {
        var piece = _buffer.AccessBackingBytes(_position);
        _window = piece.Array ?? [];
        _windowStart = _position;
        _windowEnd = _position + piece.Count;
        _shift = piece.Offset - _position;
        return count <= piece.Count;
    }

    private void ForgetWindow()
    {
        _window = [];
        _windowStart = _windowEnd = 0;
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_buffer == null, this);

    private void ThrowIfNotWritable()
    {
        if (!CanWrite)
        {
            throw new NotSupportedException("The stream is over a read-only buffer.");
        }
    }
}
