namespace MongoDB.Bson;

/// <summary>How BSON values become .NET values.</summary>
public class BsonTypeMapperOptions
{
    private DuplicateNameHandling _duplicateNameHandling = DuplicateNameHandling.ThrowException;
    private Type _mapBsonArrayTo = typeof(List<object>);
    private Type _mapBsonDocumentTo = typeof(Dictionary<string, object>);
    private bool _mapOldBinaryToByteArray;

    public static BsonTypeMapperOptions Defaults { get; set; } = new BsonTypeMapperOptions().Freeze();

    public bool IsFrozen { get; private set; }

    public DuplicateNameHandling DuplicateNameHandling
    {
        get => _duplicateNameHandling;
        set => Change(ref _duplicateNameHandling, value);
    }

    /// <summary>A class with a method Add, object[], or BsonArray.</summary>
    public Type MapBsonArrayTo
    {
        get => _mapBsonArrayTo;
        set => Change(ref _mapBsonArrayTo, value);
    }

    /// <summary>A dictionary with string keys, or BsonDocument.</summary>
    public Type MapBsonDocumentTo
    {
        get => _mapBsonDocumentTo;
        set => Change(ref _mapBsonDocumentTo, value);
    }

    public bool MapOldBinaryToByteArray
    {
        get => _mapOldBinaryToByteArray;
        set => Change(ref _mapOldBinaryToByteArray, value);
    }

    public BsonTypeMapperOptions Clone()
    {
        var clone = (BsonTypeMapperOptions)MemberwiseClone();
        clone.IsFrozen = false;
        return clone;
    }

    public BsonTypeMapperOptions Freeze()
    {
        IsFrozen = true;
        return this;
    }

    private void Change<T>(ref T field, T value) =>
        field = IsFrozen ? throw new InvalidOperationException("These options are frozen; change a clone.") : value;
}
