namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>The same for members that may be arrays or documents.</summary>
public sealed class BsonValueCSharpNullArrayAndDocumentSerializer<TBsonValue> : BsonValueCSharpNullSerializer<TBsonValue>, IBsonArraySerializer, IBsonDocumentSerializer
    where TBsonValue : BsonValue
{
    public BsonValueCSharpNullArrayAndDocumentSerializer(IBsonSerializer<TBsonValue> wrappedSerializer) : base(wrappedSerializer) { }

    public bool TryGetItemSerializationInfo(out BsonSerializationInfo serializationInfo) =>
        BsonValueSerializer.Instance.TryGetItemSerializationInfo(out serializationInfo);

    public bool TryGetMemberSerializationInfo(string memberName, out BsonSerializationInfo serializationInfo) =>
        BsonValueSerializer.Instance.TryGetMemberSerializationInfo(memberName, out serializationInfo);
}
