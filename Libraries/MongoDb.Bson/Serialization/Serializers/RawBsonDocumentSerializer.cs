namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="RawBsonDocument"/>.</summary>
public sealed class RawBsonDocumentSerializer : BsonValueSerializerBase<RawBsonDocument>, IBsonDocumentSerializer
{
    public RawBsonDocumentSerializer() : base(BsonType.Document) { }

    public static RawBsonDocumentSerializer Instance { get; } = new();

    public bool TryGetMemberSerializationInfo(string memberName, out BsonSerializationInfo serializationInfo)
    {
        serializationInfo = new BsonSerializationInfo(memberName, BsonValueSerializer.Instance, typeof(BsonValue));
        return true;
    }

    protected override RawBsonDocument DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args) => new(context.Reader.ReadRawBsonDocument());

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, RawBsonDocument value)
    {
        var writer = context.Writer;
        writer.WriteRawBsonDocument(value.Slice);
    }
}
