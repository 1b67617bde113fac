namespace MongoDB.Bson.IO;

/// <summary>A buffer over one chunk; it cannot grow beyond it.</summary>
public sealed class SingleChunkBuffer : IByteBuffer
{
    private IBsonChunk _chunk;
    private ArraySegment<byte> _bytes;
    private int _length;

    public SingleChunkBuffer(IBsonChunk chunk, int length, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        _chunk = chunk;
        _bytes = chunk.Bytes;
        ByteBufferExtensions.CheckRange(0, length, _bytes.Count);
        _length = length;
        IsReadOnly = isReadOnly;
    }

    public int Capacity => IsReadOnly ? _length : _bytes.Count;

    public bool IsReadOnly { get; private set; }

    public int Length
    {
        get
        {
            ThrowIfDisposed();
            return _length;
        }
        set
        {
            ThrowIfDisposed();
            ByteBufferExtensions.CheckWritable(IsReadOnly);
            ByteBufferExtensions.CheckRange(0, value, _bytes.Count);
            _length = value;
        }
    }

    public ArraySegment<byte> AccessBackingBytes(int position)
    {
        ThrowIfDisposed();
        ByteBufferExtensions.CheckRange(position, 0, Capacity);
        return _bytes[position..Capacity];
    }

    public void Clear(int position, int count)
    {
        ByteBufferExtensions.CheckWritable(IsReadOnly);
        Span(position, count).Clear();
    }

    public void Dispose()
    {
        _chunk?.Dispose();
        _chunk = null;
        _bytes = default;
    }

    public void EnsureCapacity(int minimumCapacity)
    {
        ThrowIfDisposed();
        ByteBufferExtensions.CheckWritable(IsReadOnly);
        if (minimumCapacity > _bytes.Count)
        {
            throw new NotSupportedException("A buffer of a single chunk cannot grow.");
        }
    }

    public byte GetByte(int position) => Span(position, 1)[0];

    public void GetBytes(int position, byte[] destination, int offset, int count) => Span(position, count).CopyTo(destination.AsSpan(offset, count));

    public IByteBuffer GetSlice(int position, int length)
    {
        ThrowIfDisposed();
        ByteBufferExtensions.CheckReadOnly(IsReadOnly);
        ByteBufferExtensions.CheckRange(position, length, _length);
        return new ByteBufferSlice(new SingleChunkBuffer(_chunk.Fork(), _length, isReadOnly: true), position, length);
    }

    public void MakeReadOnly()
    {
        ThrowIfDisposed();
        IsReadOnly = true;
    }

    public void SetByte(int position, byte value)
    {
        ByteBufferExtensions.CheckWritable(IsReadOnly);
        Span(position, 1)[0] = value;
    }

    public void SetBytes(int position, byte[] source, int offset, int count)
    {
        ByteBufferExtensions.CheckWritable(IsReadOnly);
        source.AsSpan(offset, count).CopyTo(Span(position, count));
    }

    private Span<byte> Span(int position, int count)
    {
        ThrowIfDisposed();
        ByteBufferExtensions.CheckRange(position, count, _length);
        return _bytes.AsSpan(position, count);
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_chunk == null, this);
}
