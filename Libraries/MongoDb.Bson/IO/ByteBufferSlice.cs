namespace MongoDB.Bson.IO;

/// <summary>A read-only part of a buffer, which it owns.</summary>
public class ByteBufferSlice : IByteBuffer
{
    private readonly int _offset;
    private readonly int _length;
    private IByteBuffer _buffer;

    public ByteBufferSlice(IByteBuffer buffer, int offset, int length)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        ByteBufferExtensions.CheckReadOnly(buffer.IsReadOnly);
        ByteBufferExtensions.CheckRange(offset, length, buffer.Length);
        _buffer = buffer;
        _offset = offset;
        _length = length;
    }

    public IByteBuffer Buffer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_buffer == null, this);
            return _buffer;
        }
    }

    public int Capacity => _length;

    public bool IsReadOnly => true;

    public int Length
    {
        get
        {
            _ = Buffer;
            return _length;
        }
        set => throw ReadOnly();
    }

    public ArraySegment<byte> AccessBackingBytes(int position)
    {
        ByteBufferExtensions.CheckRange(position, 0, _length);
        var piece = Buffer.AccessBackingBytes(_offset + position);
        return piece.Count > _length - position ? piece[..(_length - position)] : piece;
    }

    public void Clear(int position, int count) => throw ReadOnly();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    public void EnsureCapacity(int minimumCapacity) => throw ReadOnly();

    public byte GetByte(int position)
    {
        ByteBufferExtensions.CheckRange(position, 1, _length);
        return Buffer.GetByte(_offset + position);
    }

    public void GetBytes(int position, byte[] destination, int offset, int count)
    {
        ByteBufferExtensions.CheckRange(position, count, _length);
        Buffer.GetBytes(_offset + position, destination, offset, count);
    }

    public IByteBuffer GetSlice(int position, int length)
    {
        ByteBufferExtensions.CheckRange(position, length, _length);
        return Buffer.GetSlice(_offset + position, length);
    }

    public void MakeReadOnly() { }

    public void SetByte(int position, byte value) => throw ReadOnly();

    public void SetBytes(int position, byte[] source, int offset, int count) => throw ReadOnly();

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _buffer?.Dispose();
            _buffer = null;
        }
    }

    private static NotSupportedException ReadOnly() => new("A slice cannot be changed.");
}
