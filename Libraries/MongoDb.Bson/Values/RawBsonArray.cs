using MongoDB.Bson.IO;

namespace MongoDB.Bson;

/// <summary>
/// An array over encoded bytes that cannot be changed. One level is decoded when it is first looked at; nested documents
/// and arrays stay encoded, and share the bytes.
/// </summary>
public class RawBsonArray : BsonArray, IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<IDisposable> _children = [];
    private IByteBuffer _slice;
    private volatile bool _isDecoded;

    /// <exception cref="ArgumentException">The bytes may change.</exception>
    public RawBsonArray(IByteBuffer slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        _slice = slice.IsReadOnly ? slice : throw new ArgumentException("The slice must be read-only.", nameof(slice));
    }

    public override bool IsReadOnly => true;

    /// <summary>The encoded bytes.</summary>
    public IByteBuffer Slice
    {
        get
        {
            ThrowIfDisposed();
            return _slice;
        }
    }

    public override BsonValue Clone() => new RawBsonArray(Slice.GetSlice(0, Slice.Length));

    public override BsonValue DeepClone() => new RawBsonArray(new ByteArrayBuffer(Slice.ToArray(), isReadOnly: true));

    /// <summary>Decodes all levels into an array of its own, which does not need the bytes any more.</summary>
    public BsonArray Materialize(BsonBinaryReaderSettings binaryReaderSettings)
    {
        ThrowIfDisposed();
        return EncodedLevel.DecodeArray(_slice, binaryReaderSettings);
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && _slice != null)
        {
            _slice.Dispose();
            _slice = null;
            _children.ForEach(child => child.Dispose());
        }
    }

    protected void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_slice == null, this);

    private protected sealed override void EnsureReadable()
    {
        ThrowIfDisposed();
        if (_isDecoded)
        {
            return;
        }
        lock (_lock)
        {
            if (!_isDecoded)
            {
                foreach (var item in EncodedLevel.ReadArray(_slice, EncodedLevel.RawChild(_children)))
                {
                    AddDecoded(item);
                }
                _isDecoded = true;
            }
        }
    }

    private protected sealed override void EnsureWritable() => throw new NotSupportedException("A RawBsonArray cannot be changed.");
}
