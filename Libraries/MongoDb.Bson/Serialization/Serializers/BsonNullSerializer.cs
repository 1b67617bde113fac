namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="BsonNull"/>.</summary>
public sealed class BsonNullSerializer : BsonValueSerializerBase<BsonNull>
{
    public BsonNullSerializer() : base(BsonType.Null) { }

    public static BsonNullSerializer Instance { get; } = new();

    protected override BsonNull DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        context.Reader.ReadNull();
        return BsonNull.Value;
    }

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BsonNull value) => context.Writer.WriteNull();
}
