namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="BsonMaxKey"/>.</summary>
public sealed class BsonMaxKeySerializer : BsonValueSerializerBase<BsonMaxKey>
{
    public BsonMaxKeySerializer() : base(BsonType.MaxKey) { }

    public static BsonMaxKeySerializer Instance { get; } = new();

    protected override BsonMaxKey DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        context.Reader.ReadMaxKey();
        return BsonMaxKey.Value;
    }

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BsonMaxKey value) => context.Writer.WriteMaxKey();
}
