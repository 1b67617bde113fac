namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="BsonBoolean"/>.</summary>
public sealed class BsonBooleanSerializer : BsonValueSerializerBase<BsonBoolean>
{
    public BsonBooleanSerializer() : base(BsonType.Boolean) { }

    public static BsonBooleanSerializer Instance { get; } = new();

    protected override BsonBoolean DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args) => context.Reader.ReadBoolean();

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BsonBoolean value) => context.Writer.WriteBoolean(value.Value);
}
