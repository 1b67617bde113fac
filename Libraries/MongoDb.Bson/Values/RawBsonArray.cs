using MongoDB.Bson.IO;

namespace MongoDB.Bson;

/// <summary>
/// An array over encoded bytes that cannot be changed. One level is decoded when it is first looked at; nested documents
/// and arrays stay encoded, and share the bytes.
/// </summary>
public class RawBsonArray : BsonArray, IDisposable
{
    private readonly FirstLook _firstLook = new();
    private readonly EncodedValue _encoded;

    /// <exception cref="ArgumentException">The bytes may change.</exception>
    public RawBsonArray(IByteBuffer slice) => _encoded = new EncodedValue(slice);

    public override bool IsReadOnly => true;

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
        return new RawBsonArray(_encoded.Share());
    }

    public override BsonValue DeepClone()
    {
        ThrowIfDisposed();
        return new RawBsonArray(_encoded.Copy());
    }

    /// <summary>Decodes all levels into an array of its own, which does not need the bytes any more.</summary>
    public BsonArray Materialize(BsonBinaryReaderSettings binaryReaderSettings)
    {
        ThrowIfDisposed();
        return EncodedLevel.DecodeArray(_encoded.Slice, binaryReaderSettings);
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
            foreach (var item in EncodedLevel.ReadArray(self._encoded.Slice, EncodedLevel.RawChild(self._encoded.Children)))
            {
                self.AddDecoded(item);
            }
        });
    }

    private protected sealed override void EnsureWritable() => throw new NotSupportedException("A RawBsonArray cannot be changed.");
}
