using MongoDB.Bson.IO;

namespace MongoDB.Bson;

/// <summary>An array over encoded bytes, decoded level by level when it is looked at. It can be changed.</summary>
public class LazyBsonArray : MaterializedOnDemandBsonArray
{
    private readonly List<IDisposable> _children = [];
    private IByteBuffer _slice;

    /// <exception cref="ArgumentException">The bytes may change.</exception>
    public LazyBsonArray(IByteBuffer slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        _slice = slice.IsReadOnly ? slice : throw new ArgumentException("The slice must be read-only.", nameof(slice));
    }

    /// <summary>The encoded bytes; null once they were decoded.</summary>
    public IByteBuffer Slice => _slice;

    public override BsonValue Clone() => _slice is { } slice ? new LazyBsonArray(slice.GetSlice(0, slice.Length)) : base.Clone();

    public override BsonValue DeepClone() => _slice is { } slice ? new LazyBsonArray(new ByteArrayBuffer(slice.ToArray(), isReadOnly: true)) : base.DeepClone();

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

    protected override IEnumerable<BsonValue> Materialize() => EncodedLevel.ReadArray(_slice, EncodedLevel.LazyChild(_children));

    protected override void MaterializeCompleted()
    {
        _slice.Dispose();
        _slice = null;
    }
}
