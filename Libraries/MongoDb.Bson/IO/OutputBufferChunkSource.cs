using System.Numerics;

namespace MongoDB.Bson.IO;

/// <summary>Chunks for output of unknown size: a small one from the heap first, then ever larger ones from a pool.</summary>
public sealed class OutputBufferChunkSource : IBsonChunkSource
{
    private readonly IBsonChunkSource _baseSource;
    private bool _disposed;
    private int _previousSize;

    public OutputBufferChunkSource(
        IBsonChunkSource baseSource, int initialUnpooledChunkSize = 1024, int minChunkSize = 16 * 1024, int maxChunkSize = 1024 * 1024)
    {
        ArgumentNullException.ThrowIfNull(baseSource);
        ArgumentOutOfRangeException.ThrowIfNegative(initialUnpooledChunkSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minChunkSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxChunkSize, minChunkSize);
        if (!BitOperations.IsPow2(minChunkSize) || !BitOperations.IsPow2(maxChunkSize))
        {
            throw new ArgumentException("The sizes of chunks must be powers of 2.", nameof(minChunkSize));
        }
        _baseSource = baseSource;
        InitialUnpooledChunkSize = initialUnpooledChunkSize;
        MinChunkSize = minChunkSize;
        MaxChunkSize = maxChunkSize;
    }

    public IBsonChunkSource BaseSource
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _baseSource;
        }
    }

    public int InitialUnpooledChunkSize { get; }

    public int MinChunkSize { get; }

    public int MaxChunkSize { get; }

    public IBsonChunk GetChunk(int requestedSize)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(requestedSize);
        if (_previousSize == 0 && InitialUnpooledChunkSize > 0)
        {
            _previousSize = InitialUnpooledChunkSize;
            return new ByteArrayChunk(Math.Max(requestedSize, InitialUnpooledChunkSize));
        }
        var wanted = Math.Max((uint)requestedSize, (uint)_previousSize + 1);
        var chunk = _baseSource.GetChunk((int)Math.Clamp(BitOperations.RoundUpToPowerOf2(wanted), (uint)MinChunkSize, (uint)MaxChunkSize));
        _previousSize = chunk.Bytes.Count;
        return chunk;
    }

    public void Dispose() => _disposed = true;
}
