namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="BsonRegularExpression"/>.</summary>
public sealed class BsonRegularExpressionSerializer : BsonValueSerializerBase<BsonRegularExpression>
{
    public BsonRegularExpressionSerializer() : base(BsonType.RegularExpression) { }

    public static BsonRegularExpressionSerializer Instance { get; } = new();

    protected override BsonRegularExpression DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args) => context.Reader.ReadRegularExpression();

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BsonRegularExpression value) => context.Writer.WriteRegularExpression(value);
}
