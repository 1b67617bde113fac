namespace MongoDB.Bson.Serialization.IdGenerators;

/// <summary>Makes no ids: the document must have one.</summary>
public class ZeroIdChecker<T> : IIdGenerator where T : struct, IEquatable<T>
{
    public object GenerateId(object container, object document) => throw new InvalidOperationException("The id must not be zero.");

    public bool IsEmpty(object id) => id == null || ((T)id).Equals(default);
}
