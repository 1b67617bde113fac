namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>What serializers of <see cref="BsonValue"/> share: null of .NET is not among them.</summary>
public abstract class BsonValueSerializerBase<TBsonValue> : SerializerBase<TBsonValue> where TBsonValue : BsonValue
{
    private readonly BsonType? _bsonType;

    /// <param name="bsonType">The only type that can be read; null for any.</param>
    protected BsonValueSerializerBase(BsonType? bsonType) => _bsonType = bsonType;

    public override TBsonValue Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (_bsonType is { } bsonType)
        {
            EnsureBsonTypeEquals(context.Reader, bsonType);
        }
        return DeserializeValue(context, args);
    }

    /// <exception cref="BsonSerializationException">The value is null.</exception>
    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, TBsonValue value)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (value is null)
        {
            throw new BsonSerializationException($"null of .NET is not a {typeof(TBsonValue).Name}; BsonNull.Value is the null of BSON.");
        }
        var actualType = value.GetType();
        if (actualType == typeof(TBsonValue) || args.SerializeAsNominalType)
        {
            SerializeValue(context, args, value);
            return;
        }
        BsonSerializer.LookupSerializer(actualType).Serialize(context, value);
    }

    protected abstract TBsonValue DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args);

    protected abstract void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, TBsonValue value);
}
