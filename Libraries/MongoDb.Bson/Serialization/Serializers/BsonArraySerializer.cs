namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="BsonArray"/>.</summary>
public sealed class BsonArraySerializer : BsonValueSerializerBase<BsonArray>, IBsonArraySerializer
{
    public BsonArraySerializer() : base(BsonType.Array) { }

    public static BsonArraySerializer Instance { get; } = new();

    public bool TryGetItemSerializationInfo(out BsonSerializationInfo serializationInfo)
    {
        serializationInfo = new BsonSerializationInfo(null, BsonValueSerializer.Instance, typeof(BsonValue));
        return true;
    }

    protected override BsonArray DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        var reader = context.Reader;
        reader.ReadStartArray();
        var array = new BsonArray();
        while (reader.ReadBsonType() != BsonType.EndOfDocument)
        {
            array.Add(BsonValueSerializer.Instance.Deserialize(context));
        }
        reader.ReadEndArray();
        return array;
    }

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BsonArray value)
    {
        var writer = context.Writer;
        writer.WriteStartArray();
        for (var index = 0; index < value.Count; index++)
        {
            BsonValueSerializer.Instance.Serialize(context, value[index]);
        }
        writer.WriteEndArray();
    }
}
