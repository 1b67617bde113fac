using MongoDB.Bson.IO;

namespace MongoDB.Bson;

/// <summary>A document over encoded bytes, decoded level by level when it is looked at. It can be changed.</summary>
public class LazyBsonDocument : MaterializedOnDemandBsonDocument
{
    private readonly List<IDisposable> _children = [];
    private IByteBuffer _slice;

    /// <exception cref="ArgumentException">The bytes may change.</exception>
    public LazyBsonDocument(IByteBuffer slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        _slice = slice.IsReadOnly ? slice : throw new ArgumentException("The slice must be read-only.", nameof(slice));
    }

    public LazyBsonDocument(byte[] bytes) : this(new ByteArrayBuffer(bytes, isReadOnly: true)) { }

    /// <summary>The encoded bytes; null once they were decoded.</summary>
    public IByteBuffer Slice => _slice;

    public override BsonValue Clone() => _slice is { } slice ? new LazyBsonDocument(slice.GetSlice(0, slice.Length)) : base.Clone();

    public override BsonValue DeepClone() => _slice is { } slice ? new LazyBsonDocument(new ByteArrayBuffer(slice.ToArray(), isReadOnly: true)) : base.DeepClone();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !IsDisposed)
        {
            _slice?.Dispose();
            _slice = null;
            _children.ForEach(child => child.Dispose());
        }
        base.Dispose(disposing);
    }

    protected override IEnumerable<BsonElement> Materialize() => EncodedLevel.ReadDocument(_slice, EncodedLevel.LazyChild(_children));

    protected override void MaterializeCompleted()
    {
        _slice.Dispose();
        _slice = null;
    }
}
