namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="BsonDateTime"/>.</summary>
public sealed class BsonDateTimeSerializer : BsonValueSerializerBase<BsonDateTime>
{
    public BsonDateTimeSerializer() : base(BsonType.DateTime) { }

    public static BsonDateTimeSerializer Instance { get; } = new();

    protected override BsonDateTime DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args) => new BsonDateTime(context.Reader.ReadDateTime());

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BsonDateTime value) => context.Writer.WriteDateTime(value.MillisecondsSinceEpoch);
}
