namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>The same for members that may be documents.</summary>
public sealed class BsonValueCSharpNullDocumentSerializer<TBsonValue> : BsonValueCSharpNullSerializer<TBsonValue>, IBsonDocumentSerializer
    where TBsonValue : BsonValue
{
    public BsonValueCSharpNullDocumentSerializer(IBsonSerializer<TBsonValue> wrappedSerializer) : base(wrappedSerializer) { }

    public bool TryGetMemberSerializationInfo(string memberName, out BsonSerializationInfo serializationInfo) =>
        BsonValueSerializer.Instance.TryGetMemberSerializationInfo(memberName, out serializationInfo);
}
