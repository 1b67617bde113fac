namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="BsonDecimal128"/>.</summary>
public sealed class BsonDecimal128Serializer : BsonValueSerializerBase<BsonDecimal128>
{
    public BsonDecimal128Serializer() : base(BsonType.Decimal128) { }

    public static BsonDecimal128Serializer Instance { get; } = new();

    protected override BsonDecimal128 DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args) => context.Reader.ReadDecimal128();

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BsonDecimal128 value) => context.Writer.WriteDecimal128(value.Value);
}
