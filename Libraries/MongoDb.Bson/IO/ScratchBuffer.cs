namespace MongoDB.Bson.IO;

/// <summary>Memory for encoding a document of unknown size, kept by the thread for the next one.</summary>
internal sealed class ScratchBuffer : IDisposable
{
    private const int InitialSize = 4 * 1024;
    private const int LargestKept = 1024 * 1024;

    [ThreadStatic]
    private static ScratchBuffer _kept;

    private readonly ByteArrayBuffer _buffer;

    private ScratchBuffer(int size)
    {
        _buffer = new ByteArrayBuffer(new byte[size], 0);
        Stream = new ByteBufferStream(_buffer);
    }

    public ByteBufferStream Stream { get; }

    public static ScratchBuffer Rent(int estimatedSize)
    {
        var scratch = _kept;
        _kept = null;
        return scratch != null && scratch._buffer.Capacity >= estimatedSize ? scratch : new ScratchBuffer(Math.Max(estimatedSize, InitialSize));
    }

    public byte[] ToArray() => _buffer.AccessBackingBytes(0).AsSpan(0, (int)Stream.Length).ToArray();

    public void Dispose()
    {
        if (_buffer.Capacity <= LargestKept)
        {
            Stream.SetLength(0);
            _kept = this;
        }
    }
}
