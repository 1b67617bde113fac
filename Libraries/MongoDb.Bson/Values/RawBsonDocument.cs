using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson;

/// <summary>
/// A document over encoded bytes that cannot be changed. One level is decoded when it is first looked at; nested documents
/// and arrays stay encoded, and share the bytes.
/// </summary>
public class RawBsonDocument : BsonDocument, IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<IDisposable> _children = [];
    private IByteBuffer _slice;
    private volatile bool _isDecoded;

    /// <exception cref="ArgumentException">The bytes may change.</exception>
    public RawBsonDocument(IByteBuffer slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        _slice = slice.IsReadOnly ? slice : throw new ArgumentException("The slice must be read-only.", nameof(slice));
    }

    public RawBsonDocument(byte[] bytes) : this(new ByteArrayBuffer(bytes, isReadOnly: true)) { }

    /// <summary>The encoded bytes.</summary>
    public IByteBuffer Slice
    {
        get
        {
            ThrowIfDisposed();
            return _slice;
        }
    }

    public override BsonValue Clone() => new RawBsonDocument(Slice.GetSlice(0, Slice.Length));

    public override BsonValue DeepClone() => new RawBsonDocument(new ByteArrayBuffer(Slice.ToArray(), isReadOnly: true));

    /// <summary>Decodes all levels into a document of its own, which does not need the bytes any more.</summary>
    public BsonDocument Materialize(BsonBinaryReaderSettings binaryReaderSettings)
    {
        ThrowIfDisposed();
        using var stream = new ByteBufferStream(_slice, ownsBuffer: false);
        using var reader = new BsonBinaryReader(stream, binaryReaderSettings);
        return BsonDocumentSerializer.Instance.Deserialize(BsonDeserializationContext.CreateRoot(reader));
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
                foreach (var item in EncodedLevel.ReadDocument(_slice, EncodedLevel.RawChild(_children)))
                {
                    AddDecoded(item);
                }
                _isDecoded = true;
            }
        }
    }

    private protected sealed override void EnsureWritable() => throw new NotSupportedException("A RawBsonDocument cannot be changed.");
}
