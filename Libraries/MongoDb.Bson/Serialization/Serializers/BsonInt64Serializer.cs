namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="BsonInt64"/>.</summary>
public sealed class BsonInt64Serializer : BsonValueSerializerBase<BsonInt64>
{
    public BsonInt64Serializer() : base(BsonType.Int64) { }

    public static BsonInt64Serializer Instance { get; } = new();

    protected override BsonInt64 DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args) => context.Reader.ReadInt64();

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BsonInt64 value) => context.Writer.WriteInt64(value.Value);
}
