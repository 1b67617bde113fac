namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="BsonObjectId"/>.</summary>
public sealed class BsonObjectIdSerializer : BsonValueSerializerBase<BsonObjectId>
{
    public BsonObjectIdSerializer() : base(BsonType.ObjectId) { }

    public static BsonObjectIdSerializer Instance { get; } = new();

    protected override BsonObjectId DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args) => context.Reader.ReadObjectId();

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BsonObjectId value) => context.Writer.WriteObjectId(value.Value);
}
