namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="BsonTimestamp"/>.</summary>
public sealed class BsonTimestampSerializer : BsonValueSerializerBase<BsonTimestamp>
{
    public BsonTimestampSerializer() : base(BsonType.Timestamp) { }

    public static BsonTimestampSerializer Instance { get; } = new();

    protected override BsonTimestamp DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args) => new BsonTimestamp(context.Reader.ReadTimestamp());

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BsonTimestamp value) => context.Writer.WriteTimestamp(value.Value);
}
