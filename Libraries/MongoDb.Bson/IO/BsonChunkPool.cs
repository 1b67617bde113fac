using System.Collections.Concurrent;

namespace MongoDB.Bson.IO;

/// <summary>Chunks of one size that are used again after their last owner let go of them.</summary>
public sealed class BsonChunkPool : IBsonChunkSource
{
    private static BsonChunkPool _default = new(maxChunkCount: 8192, chunkSize: 64 * 1024);

    private readonly ConcurrentBag<byte[]> _free = [];
    private int _freeCount;
    private volatile bool _disposed;

    public BsonChunkPool(int maxChunkCount, int chunkSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxChunkCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(chunkSize);
        MaxChunkCount = maxChunkCount;
        ChunkSize = chunkSize;
    }

    /// <summary>8,192 chunks of 64 KiB.</summary>
    public static BsonChunkPool Default
    {
        get => _default;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _default = value;
        }
    }

    public int ChunkSize { get; }

    /// <summary>How many unused chunks the pool keeps.</summary>
    public int MaxChunkCount { get; }

    /// <summary>Unused chunks at this moment.</summary>
    public int ChunkCount => Volatile.Read(ref _freeCount);

    /// <summary>Drops the unused chunks; those in use can still be read.</summary>
    public void Dispose()
    {
        _disposed = true;
        _free.Clear();
    }

    public IBsonChunk GetChunk(int requestedSize)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_free.TryTake(out var bytes))
        {
            Interlocked.Decrement(ref _freeCount);
        }
        return new Owner(new Shared(this, bytes ?? new byte[ChunkSize]));
    }

    private void Return(byte[] bytes)
    {
        if (_disposed)
        {
            return;
        }
        if (Interlocked.Increment(ref _freeCount) <= MaxChunkCount)
        {
            _free.Add(bytes);
        }
        else
        {
            Interlocked.Decrement(ref _freeCount);
        }
    }

    private sealed class Shared(BsonChunkPool pool, byte[] bytes)
    {
        private int _owners;

        public byte[] Bytes => bytes;

        public void AddOwner() => Interlocked.Increment(ref _owners);

        public void RemoveOwner()
        {
            if (Interlocked.Decrement(ref _owners) == 0)
            {
                pool.Return(bytes);
            }
        }
    }

    private sealed class Owner : IBsonChunk
    {
        private Shared _shared;

        public Owner(Shared shared)
        {
            shared.AddOwner();
            _shared = shared;
        }

        public ArraySegment<byte> Bytes => new(Owned.Bytes);

        public IBsonChunk Fork() => new Owner(Owned);

        public void Dispose() => Interlocked.Exchange(ref _shared, null)?.RemoveOwner();

        private Shared Owned
        {
            get
            {
                var shared = _shared;
                ObjectDisposedException.ThrowIf(shared == null, this);
                return shared;
            }
        }
    }
}
