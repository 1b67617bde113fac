namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="BsonString"/>.</summary>
public sealed class BsonStringSerializer : BsonValueSerializerBase<BsonString>
{
    public BsonStringSerializer() : base(BsonType.String) { }

    public static BsonStringSerializer Instance { get; } = new();

    protected override BsonString DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args) => context.Reader.ReadString();

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BsonString value) => context.Writer.WriteString(value.Value);
}
