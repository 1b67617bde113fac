namespace MongoDB.Bson.IO;

/// <summary>A buffer over several chunks. It grows by further chunks, so that nothing is copied.</summary>
public sealed class MultiChunkBuffer : IByteBuffer
{
    private readonly IBsonChunkSource _chunkSource;
    private readonly List<int> _ends = [];
    private List<IBsonChunk> _chunks = [];
    private int _length;

    public MultiChunkBuffer(IBsonChunkSource chunkSource)
    {
        ArgumentNullException.ThrowIfNull(chunkSource);
        _chunkSource = chunkSource;
    }

    public MultiChunkBuffer(IEnumerable<IBsonChunk> chunks, int? length = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        foreach (var chunk in chunks)
        {
            AddChunk(chunk);
        }
        ByteBufferExtensions.CheckRange(0, length ?? 0, AllocatedBytes);
        _length = length ?? AllocatedBytes;
        IsReadOnly = isReadOnly;
    }

    public int Capacity => IsReadOnly ? _length : AllocatedBytes;

    public IBsonChunkSource ChunkSource => _chunkSource;

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
            ByteBufferExtensions.CheckRange(0, value, AllocatedBytes);
            _length = value;
        }
    }

    private int AllocatedBytes => _ends.Count == 0 ? 0 : _ends[^1];

    public ArraySegment<byte> AccessBackingBytes(int position)
    {
        ThrowIfDisposed();
        ByteBufferExtensions.CheckRange(position, 0, Capacity);
        var index = ChunkIndex(position);
        if (index == _chunks.Count)
        {
            return default;
        }
        var start = index == 0 ? 0 : _ends[index - 1];
        return _chunks[index].Bytes[(position - start)..(Math.Min(_ends[index], Capacity) - start)];
    }

    public void Clear(int position, int count)
    {
        CheckAccess(position, count);
        ByteBufferExtensions.CheckWritable(IsReadOnly);
        while (count > 0)
        {
            var piece = AccessBackingBytes(position).AsSpan();
            piece = piece[..Math.Min(piece.Length, count)];
            piece.Clear();
            position += piece.Length;
            count -= piece.Length;
        }
    }

    public void Dispose()
    {
        _chunks?.ForEach(chunk => chunk.Dispose());
        _chunks = null;
        _chunkSource?.Dispose();
    }

    public void EnsureCapacity(int minimumCapacity)
    {
        ThrowIfDisposed();
        ByteBufferExtensions.CheckWritable(IsReadOnly);
        ArgumentOutOfRangeException.ThrowIfNegative(minimumCapacity);
        while (AllocatedBytes < minimumCapacity)
        {
            if (_chunkSource == null)
            {
                throw new NotSupportedException("The buffer has no source of chunks and cannot grow.");
            }
            AddChunk(_chunkSource.GetChunk(minimumCapacity - AllocatedBytes));
        }
    }

    public byte GetByte(int position)
    {
        CheckAccess(position, 1);
        return AccessBackingBytes(position)[0];
    }

    public void GetBytes(int position, byte[] destination, int offset, int count)
    {
        CheckAccess(position, count);
        this.CopyTo(position, destination.AsSpan(offset, count));
    }

    public IByteBuffer GetSlice(int position, int length)
    {
        CheckAccess(position, length);
        ByteBufferExtensions.CheckReadOnly(IsReadOnly);
        if (length == 0)
        {
            return new ByteArrayBuffer([], isReadOnly: true);
        }
        var first = ChunkIndex(position);
        var last = ChunkIndex(position + length - 1);
        var start = first == 0 ? 0 : _ends[first - 1];
        IByteBuffer shared = first == last
            ? new SingleChunkBuffer(_chunks[first].Fork(), _ends[first] - start, isReadOnly: true)
            : new MultiChunkBuffer(_chunks[first..(last + 1)].Select(chunk => chunk.Fork()), _ends[last] - start, isReadOnly: true);
        return new ByteBufferSlice(shared, position - start, length);
    }

    public void MakeReadOnly()
    {
        ThrowIfDisposed();
        IsReadOnly = true;
    }

    public void SetByte(int position, byte value)
    {
        CheckAccess(position, 1);
        ByteBufferExtensions.CheckWritable(IsReadOnly);
        AccessBackingBytes(position).AsSpan()[0] = value;
    }

    public void SetBytes(int position, byte[] source, int offset, int count)
    {
        CheckAccess(position, count);
        ByteBufferExtensions.CheckWritable(IsReadOnly);
        this.CopyFrom(position, source.AsSpan(offset, count));
    }

    private void AddChunk(IBsonChunk chunk)
    {
        _chunks.Add(chunk);
        _ends.Add(checked(AllocatedBytes + chunk.Bytes.Count));
    }

    // The chunk that holds a position, or their count for the end of the buffer.
    private int ChunkIndex(int position)
    {
        var index = _ends.BinarySearch(position + 1);
        return index < 0 ? ~index : index;
    }

    private void CheckAccess(int position, int count)
    {
        ThrowIfDisposed();
        ByteBufferExtensions.CheckRange(position, count, _length);
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_chunks == null, this);
}
