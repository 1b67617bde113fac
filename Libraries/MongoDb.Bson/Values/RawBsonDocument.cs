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
    private readonly FirstLook _firstLook = new();
    private readonly EncodedValue _encoded;

    /// <exception cref="ArgumentException">The bytes may change.</exception>
    public RawBsonDocument(IByteBuffer slice) => _encoded = new EncodedValue(slice);

    public RawBsonDocument(byte[] bytes) : this(new ByteArrayBuffer(bytes, isReadOnly: true)) { }

    /// <summary>The encoded bytes.</summary>
    public IByteBuffer Slice
    {
        get
        {
            ThrowIfDisposed();
            return _encoded.Slice;
        }
    }

    public override BsonValue Clone()
    {
        ThrowIfDisposed();
        return new RawBsonDocument(_encoded.Share());
    }

    public override BsonValue DeepClone()
    {
        ThrowIfDisposed();
        return new RawBsonDocument(_encoded.Copy());
    }

    /// <summary>Decodes all levels into a document of its own, which does not need the bytes any more.</summary>
    public BsonDocument Materialize(BsonBinaryReaderSettings binaryReaderSettings)
    {
        ThrowIfDisposed();
        using var stream = new ByteBufferStream(_encoded.Slice, ownsBuffer: false);
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
        if (disposing)
        {
            _encoded.Dispose();
        }
    }

    protected void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_encoded.Slice == null, this);

    private protected sealed override void EnsureReadable()
    {
        ThrowIfDisposed();
        _firstLook.Take(this, static self =>
        {
            foreach (var item in EncodedLevel.ReadDocument(self._encoded.Slice, EncodedLevel.RawChild(self._encoded.Children)))
            {
                self.AddDecoded(item);
            }
        });
    }

    private protected sealed override void EnsureWritable() => throw new NotSupportedException("A RawBsonDocument cannot be changed.");
}
