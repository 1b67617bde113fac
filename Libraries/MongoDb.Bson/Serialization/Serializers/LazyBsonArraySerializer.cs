namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="LazyBsonArray"/>.</summary>
public sealed class LazyBsonArraySerializer : BsonValueSerializerBase<LazyBsonArray>
{
    public LazyBsonArraySerializer() : base(BsonType.Array) { }

    protected override LazyBsonArray DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args) => new(context.Reader.ReadRawBsonArray());

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, LazyBsonArray value)
    {
        if (value.Slice is { } slice)
        {
            context.Writer.WriteRawBsonArray(slice);
            return;
        }
        BsonArraySerializer.Instance.Serialize(context, new BsonSerializationArgs(typeof(BsonArray), serializeAsNominalType: true, args.SerializeIdFirst), value);
    }
}
