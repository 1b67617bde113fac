namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="RawBsonArray"/>.</summary>
public sealed class RawBsonArraySerializer : BsonValueSerializerBase<RawBsonArray>
{
    public RawBsonArraySerializer() : base(BsonType.Array) { }

    protected override RawBsonArray DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args) => new(context.Reader.ReadRawBsonArray());

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, RawBsonArray value) => context.Writer.WriteRawBsonArray(value.Slice);
}
