namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>The same for members that may be arrays.</summary>
public sealed class BsonValueCSharpNullArraySerializer<TBsonValue> : BsonValueCSharpNullSerializer<TBsonValue>, IBsonArraySerializer
    where TBsonValue : BsonValue
{
    public BsonValueCSharpNullArraySerializer(IBsonSerializer<TBsonValue> wrappedSerializer) : base(wrappedSerializer) { }

    public bool TryGetItemSerializationInfo(out BsonSerializationInfo serializationInfo) =>
        BsonValueSerializer.Instance.TryGetItemSerializationInfo(out serializationInfo);
}
