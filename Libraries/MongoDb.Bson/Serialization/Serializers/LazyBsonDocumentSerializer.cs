namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="LazyBsonDocument"/>.</summary>
public sealed class LazyBsonDocumentSerializer : BsonValueSerializerBase<LazyBsonDocument>
{
    public LazyBsonDocumentSerializer() : base(BsonType.Document) { }

    protected override LazyBsonDocument DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args) => new(context.Reader.ReadRawBsonDocument());

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, LazyBsonDocument value)
    {
        if (value.Slice is { } slice)
        {
            context.Writer.WriteRawBsonDocument(slice);
            return;
        }
        BsonDocumentSerializer.Instance.Serialize(context, new BsonSerializationArgs(typeof(BsonDocument), serializeAsNominalType: true, args.SerializeIdFirst), value);
    }
}
