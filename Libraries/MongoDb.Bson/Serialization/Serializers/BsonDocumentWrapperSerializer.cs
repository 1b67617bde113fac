namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Writes wrapped objects by their own serializers.</summary>
public sealed class BsonDocumentWrapperSerializer : BsonValueSerializerBase<BsonDocumentWrapper>
{
    public BsonDocumentWrapperSerializer() : base(null) { }

    public static BsonDocumentWrapperSerializer Instance { get; } = new();

    public override BsonDocumentWrapper Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args) =>
        throw CreateCannotBeDeserializedException();

    protected override BsonDocumentWrapper DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args) =>
        throw CreateCannotBeDeserializedException();

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BsonDocumentWrapper value)
    {
        if (value.IsMaterialized)
        {
            // The document may have been changed since it was made from the object.
            BsonDocumentSerializer.Instance.Serialize(context, new BsonSerializationArgs(typeof(BsonDocument), serializeAsNominalType: true, args.SerializeIdFirst), value);
            return;
        }
        value.Serializer.Serialize(context, value.Wrapped);
    }
}
