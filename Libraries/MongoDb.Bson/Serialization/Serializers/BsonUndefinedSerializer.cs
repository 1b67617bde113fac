namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="BsonUndefined"/>.</summary>
public sealed class BsonUndefinedSerializer : BsonValueSerializerBase<BsonUndefined>
{
    public BsonUndefinedSerializer() : base(BsonType.Undefined) { }

    public static BsonUndefinedSerializer Instance { get; } = new();

    protected override BsonUndefined DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        context.Reader.ReadUndefined();
        return BsonUndefined.Value;
    }

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BsonUndefined value) => context.Writer.WriteUndefined();
}
