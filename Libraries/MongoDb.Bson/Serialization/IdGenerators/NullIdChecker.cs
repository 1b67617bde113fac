namespace MongoDB.Bson.Serialization.IdGenerators;

/// <summary>Makes no ids: the document must have one.</summary>
public class NullIdChecker : IIdGenerator
{
    public static NullIdChecker Instance { get; } = new();

    public object GenerateId(object container, object document) => throw new InvalidOperationException("The id must not be null.");

    public bool IsEmpty(object id) => id == null;
}
