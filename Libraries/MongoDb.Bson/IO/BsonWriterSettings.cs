namespace MongoDB.Bson.IO;

/// <summary>Settings of a writer. They cannot be changed once a writer has them.</summary>
public abstract class BsonWriterSettings
{
    private int _maxSerializationDepth = BsonDefaults.MaxSerializationDepth;

    /// <summary>Levels of nested documents and arrays.</summary>
    public int MaxSerializationDepth
    {
        get => _maxSerializationDepth;
        set => Change(ref _maxSerializationDepth, value);
    }

    public bool IsFrozen { get; private set; }

    /// <summary>A copy that can be changed.</summary>
    public BsonWriterSettings Clone()
    {
        var clone = CloneImplementation();
        clone.IsFrozen = false;
        return clone;
    }

    public BsonWriterSettings Freeze()
    {
        IsFrozen = true;
        return this;
    }

    public BsonWriterSettings FrozenCopy() => IsFrozen ? this : Clone().Freeze();

    protected abstract BsonWriterSettings CloneImplementation();

    protected void ThrowFrozenException() => throw new InvalidOperationException($"This {GetType().Name} is frozen; change a clone.");

    private protected void Change<T>(ref T field, T value)
    {
        if (IsFrozen)
        {
            ThrowFrozenException();
        }
        field = value;
    }
}
