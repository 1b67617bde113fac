namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="BsonBinaryData"/>.</summary>
public sealed class BsonBinaryDataSerializer : BsonValueSerializerBase<BsonBinaryData>
{
    public BsonBinaryDataSerializer() : base(BsonType.Binary) { }

    public static BsonBinaryDataSerializer Instance { get; } = new();

    protected override BsonBinaryData DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args) => context.Reader.ReadBinaryData();

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BsonBinaryData value) => context.Writer.WriteBinaryData(value);
}
