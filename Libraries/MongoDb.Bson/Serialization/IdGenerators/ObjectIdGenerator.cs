namespace MongoDB.Bson.Serialization.IdGenerators;

/// <summary>Makes ObjectIds.</summary>
public class ObjectIdGenerator : IIdGenerator
{
    public static ObjectIdGenerator Instance { get; } = new();

    public object GenerateId(object container, object document) => ObjectId.GenerateNewId();

    public bool IsEmpty(object id) => id == null || (ObjectId)id == ObjectId.Empty;
}
