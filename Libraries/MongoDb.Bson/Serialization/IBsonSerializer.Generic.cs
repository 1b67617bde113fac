namespace MongoDB.Bson.Serialization;

/// <summary>Reads and writes values of one type without boxing.</summary>
public interface IBsonSerializer<TValue> : IBsonSerializer
{
    new TValue Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args);

    void Serialize(BsonSerializationContext context, BsonSerializationArgs args, TValue value);
}
