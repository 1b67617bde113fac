namespace MongoDB.Bson.Serialization;

/// <summary>A serializer of values that are documents in BSON.</summary>
public interface IBsonDocumentSerializer : IBsonSerializer
{
    /// <summary>The element and the serializer of a member.</summary>
    bool TryGetMemberSerializationInfo(string memberName, out BsonSerializationInfo serializationInfo);
}
