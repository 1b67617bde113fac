using System.Numerics;

namespace MongoDB.Bson.IO;

/// <summary>Chunks for input of a known size: small ones from the heap, large ones from a pool in powers of 2.</summary>
public sealed class InputBufferChunkSource : IBsonChunkSource
{
    private readonly IBsonChunkSource _baseSource;
    private bool _disposed;

    public InputBufferChunkSource(
        IBsonChunkSource baseSource, int maxUnpooledChunkSize = 4 * 1024, int minChunkSize = 16 * 1024, int maxChunkSize = 1024 * 1024)
    {
        ArgumentNullException.ThrowIfNull(baseSource);
        ArgumentOutOfRangeException.ThrowIfNegative(maxUnpooledChunkSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minChunkSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxChunkSize, minChunkSize);
        if (!BitOperations.IsPow2(minChunkSize) || !BitOperations.IsPow2(maxChunkSize))
        {
            throw new ArgumentException("The sizes of chunks must be powers of 2.", nameof(minChunkSize));
        }
        _baseSource = baseSource;
        MaxUnpooledChunkSize = maxUnpooledChunkSize;
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

    public int MaxUnpooledChunkSize { get; }

    public int MinChunkSize { get; }

    public int MaxChunkSize { get; }

    public IBsonChunk GetChunk(int requestedSize)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(requestedSize);
        if (requestedSize <= MaxUnpooledChunkSize)
        {
            return new ByteArrayChunk(requestedSize);
        }
        // Round down where that leaves a rest for another chunk, so that at most half of the last chunk is unused.
        var power = requestedSize >= MaxChunkSize ? MaxChunkSize : (int)BitOperations.RoundUpToPowerOf2((uint)requestedSize);
        if (power > requestedSize && power / 2 >= MinChunkSize && requestedSize - (power / 2) <= power / 4)
        {
            power /= 2;
        }
        return _baseSource.GetChunk(Math.Clamp(power, MinChunkSize, MaxChunkSize));
    }

    public void Dispose() => _disposed = true;
}
