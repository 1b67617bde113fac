using MongoDB.Bson.IO;

namespace MongoDB.Bson;

/// <summary>An array over encoded bytes, decoded level by level when it is looked at. It can be changed.</summary>
public class LazyBsonArray : MaterializedOnDemandBsonArray
{
    private readonly EncodedValue _encoded;

    /// <exception cref="ArgumentException">The bytes may change.</exception>
    public LazyBsonArray(IByteBuffer slice) => _encoded = new EncodedValue(slice);

    /// <summary>The encoded bytes; null once they were decoded.</summary>
    public IByteBuffer Slice => _encoded.Slice;

    public override BsonValue Clone() => Slice == null ? base.Clone() : new LazyBsonArray(_encoded.Share());

    public override BsonValue DeepClone() => Slice == null ? base.DeepClone() : new LazyBsonArray(_encoded.Copy());

    protected override void Dispose(bool disposing)
    {
        if (disposing && !IsDisposed)
        {
            _encoded.Dispose();
        }
        base.Dispose(disposing);
    }

    protected override IEnumerable<BsonValue> Materialize() => EncodedLevel.ReadArray(_encoded.Slice, EncodedLevel.LazyChild(_encoded.Children));

    protected override void MaterializeCompleted() => _encoded.Release();
}
