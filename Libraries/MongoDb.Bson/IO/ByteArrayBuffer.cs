namespace MongoDB.Bson.IO;

/// <summary>A buffer over one array, which it replaces by a larger one when it must grow.</summary>
public sealed class ByteArrayBuffer : IByteBuffer
{
    private byte[] _bytes;
    private int _length;

    public ByteArrayBuffer(byte[] bytes, bool isReadOnly = false) : this(bytes, bytes?.Length ?? 0, isReadOnly) { }

    public ByteArrayBuffer(byte[] bytes, int length, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ByteBufferExtensions.CheckRange(0, length, bytes.Length);
        _bytes = bytes;
        _length = length;
        IsReadOnly = isReadOnly;
    }

    public int Capacity => IsReadOnly ? _length : Owned.Length;

    public bool IsReadOnly { get; private set; }

    public int Length
    {
        get
        {
            _ = Owned;
            return _length;
        }
        set
        {
            ByteBufferExtensions.CheckWritable(IsReadOnly);
            ByteBufferExtensions.CheckRange(0, value, Owned.Length);
            _length = value;
        }
    }

    /// <summary>The present array, to notice that it was replaced.</summary>
    internal byte[] Bytes => _bytes;

    public ArraySegment<byte> AccessBackingBytes(int position)
    {
        ByteBufferExtensions.CheckRange(position, 0, Owned.Length);
        return new ArraySegment<byte>(_bytes, position, (IsReadOnly ? _length : _bytes.Length) - position);
    }

    public void Clear(int position, int count)
    {
        ByteBufferExtensions.CheckWritable(IsReadOnly);
        ByteBufferExtensions.CheckRange(position, count, _length);
        Owned.AsSpan(position, count).Clear();
    }

    public void Dispose() => _bytes = null;

    public void EnsureCapacity(int minimumCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minimumCapacity);
        ByteBufferExtensions.CheckWritable(IsReadOnly);
        if (Owned.Length < minimumCapacity)
        {
            var doubled = Math.Min((long)_bytes.Length * 2, Array.MaxLength);
            Array.Resize(ref _bytes, (int)Math.Max(minimumCapacity, doubled));
        }
    }

    public byte GetByte(int position)
    {
        ByteBufferExtensions.CheckRange(position, 1, _length);
        return Owned[position];
    }

    public void GetBytes(int position, byte[] destination, int offset, int count)
    {
        ByteBufferExtensions.CheckRange(position, count, _length);
        Owned.AsSpan(position, count).CopyTo(destination.AsSpan(offset, count));
    }

    public IByteBuffer GetSlice(int position, int length)
    {
        ByteBufferExtensions.CheckReadOnly(IsReadOnly);
        ByteBufferExtensions.CheckRange(position, length, _length);
        return new ByteBufferSlice(new ByteArrayBuffer(Owned, _length, isReadOnly: true), position, length);
    }

    public void MakeReadOnly() => IsReadOnly = true;

    public void SetByte(int position, byte value)
    {
        ByteBufferExtensions.CheckWritable(IsReadOnly);
        ByteBufferExtensions.CheckRange(position, 1, _length);
        Owned[position] = value;
    }

    public void SetBytes(int position, byte[] source, int offset, int count)
    {
        ByteBufferExtensions.CheckWritable(IsReadOnly);
        ByteBufferExtensions.CheckRange(position, count, _length);
        source.AsSpan(offset, count).CopyTo(Owned.AsSpan(position));
    }

    private byte[] Owned
    {
        get
        {
            ObjectDisposedException.ThrowIf(_bytes == null, this);
            return _bytes;
        }
    }
}
