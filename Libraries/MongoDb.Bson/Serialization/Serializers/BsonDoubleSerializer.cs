namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="BsonDouble"/>.</summary>
public sealed class BsonDoubleSerializer : BsonValueSerializerBase<BsonDouble>
{
    public BsonDoubleSerializer() : base(BsonType.Double) { }

    public static BsonDoubleSerializer Instance { get; } = new();

    protected override BsonDouble DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args) => context.Reader.ReadDouble();

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BsonDouble value) => context.Writer.WriteDouble(value.Value);
}
