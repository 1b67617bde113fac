namespace MongoDB.Bson.IO;

/// <summary>A chunk that no pool owns.</summary>
public class ByteArrayChunk : IBsonChunk
{
    private byte[] _bytes;

    public ByteArrayChunk(int size) : this(new byte[size]) { }

    public ByteArrayChunk(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        _bytes = bytes;
    }

    public ArraySegment<byte> Bytes => new(Owned);

    public IBsonChunk Fork() => new ByteArrayChunk(Owned);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _bytes = null;

    private byte[] Owned
    {
        get
        {
            ObjectDisposedException.ThrowIf(_bytes == null, this);
            return _bytes;
        }
    }
}
