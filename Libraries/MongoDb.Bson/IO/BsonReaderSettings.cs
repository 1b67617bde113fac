namespace MongoDB.Bson.IO;

/// <summary>Settings of a reader. They cannot be changed once a reader has them.</summary>
public abstract class BsonReaderSettings
{
    public bool IsFrozen { get; private set; }

    /// <summary>A copy that can be changed.</summary>
    public BsonReaderSettings Clone()
    {
        var clone = CloneImplementation();
        clone.IsFrozen = false;
        return clone;
    }

    public BsonReaderSettings Freeze()
    {
        IsFrozen = true;
        return this;
    }

    public BsonReaderSettings FrozenCopy() => IsFrozen ? this : Clone().Freeze();

    protected abstract BsonReaderSettings CloneImplementation();

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
