namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="BsonMinKey"/>.</summary>
public sealed class BsonMinKeySerializer : BsonValueSerializerBase<BsonMinKey>
{
    public BsonMinKeySerializer() : base(BsonType.MinKey) { }

    public static BsonMinKeySerializer Instance { get; } = new();

    protected override BsonMinKey DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        context.Reader.ReadMinKey();
        return BsonMinKey.Value;
    }

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BsonMinKey value) => context.Writer.WriteMinKey();
}
