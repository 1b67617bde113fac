namespace MongoDB.Bson.Serialization;

/// <summary>A serializer of values that are arrays in BSON.</summary>
public interface IBsonArraySerializer : IBsonSerializer
{
    /// <summary>How the items are serialized.</summary>
    bool TryGetItemSerializationInfo(out BsonSerializationInfo serializationInfo);
}
