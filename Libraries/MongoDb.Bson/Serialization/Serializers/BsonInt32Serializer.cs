namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="BsonInt32"/>.</summary>
public sealed class BsonInt32Serializer : BsonValueSerializerBase<BsonInt32>
{
    public BsonInt32Serializer() : base(BsonType.Int32) { }

    public static BsonInt32Serializer Instance { get; } = new();

    protected override BsonInt32 DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args) => context.Reader.ReadInt32();

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BsonInt32 value) => context.Writer.WriteInt32(value.Value);
}
