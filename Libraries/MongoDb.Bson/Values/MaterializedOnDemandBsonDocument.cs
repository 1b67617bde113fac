namespace MongoDB.Bson;

/// <summary>A document that is decoded when it is first looked at.</summary>
public abstract class MaterializedOnDemandBsonDocument : BsonDocument, IDisposable
{
    private readonly FirstLook _firstLook = new();

    public bool IsDisposed { get; private set; }

    public bool IsMaterialized => _firstLook.IsDone;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => IsDisposed = true;

    /// <summary>Decodes the elements, one level deep.</summary>
    protected abstract IEnumerable<BsonElement> Materialize();

    /// <summary>Called once after all of them were taken over.</summary>
    protected abstract void MaterializeCompleted();

    protected void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(IsDisposed, this);

    private protected sealed override void EnsureReadable()
    {
        ThrowIfDisposed();
        _firstLook.Take(
            this,
            static self =>
            {
                foreach (var item in self.Materialize())
                {
                    self.AddDecoded(item);
                }
            },
            static self => self.MaterializeCompleted());
    }

    private protected sealed override void EnsureWritable() => EnsureReadable();
}
