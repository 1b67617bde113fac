namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes pairs as documents with the elements k and v, or as arrays of two items. Reading accepts both.</summary>
public sealed class KeyValuePairSerializer<TKey, TValue> : StructSerializerBase<KeyValuePair<TKey, TValue>>, IBsonDocumentSerializer, IKeyValuePairSerializer
{
    private readonly SerializerReference<TKey> _keySerializer;
    private readonly SerializerReference<TValue> _valueSerializer;

    public KeyValuePairSerializer() : this(BsonType.Document) { }

    public KeyValuePairSerializer(BsonType representation) : this(representation, BsonSerializer.SerializerRegistry) { }

    public KeyValuePairSerializer(BsonType representation, IBsonSerializer<TKey> keySerializer, IBsonSerializer<TValue> valueSerializer)
    {
        Representation = Checked(representation);
        _keySerializer = new(keySerializer);
        _valueSerializer = new(valueSerializer);
    }

    public KeyValuePairSerializer(BsonType representation, IBsonSerializerRegistry serializerRegistry)
    {
        Representation = Checked(representation);
        _keySerializer = new(serializerRegistry);
        _valueSerializer = new(serializerRegistry);
    }

    public IBsonSerializer<TKey> KeySerializer => _keySerializer.Value;

    public BsonType Representation { get; }

    public IBsonSerializer<TValue> ValueSerializer => _valueSerializer.Value;

    public override KeyValuePair<TKey, TValue> Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        var (key, value) = (default(TKey), default(TValue));
        switch (reader.GetCurrentBsonType())
        {
            case BsonType.Array:
                reader.ReadStartArray();
                key = KeySerializer.Deserialize(context);
                value = ValueSerializer.Deserialize(context);
                reader.ReadEndArray();
                break;
            case BsonType.Document:
                var helper = new SerializerHelper(new("k", 1), new("v", 2));
                helper.DeserializeMembers(context, (_, flag) =>
                {
                    if (flag == 1)
                    {
                        key = KeySerializer.Deserialize(context);
                    }
                    else
                    {
                        value = ValueSerializer.Deserialize(context);
                    }
                });
                break;
            default:
                throw CreateCannotDeserializeFromBsonTypeException(reader.CurrentBsonType);
        }
        return new KeyValuePair<TKey, TValue>(key, value);
    }

    public override bool Equals(object obj) =>
        base.Equals(obj) && obj is KeyValuePairSerializer<TKey, TValue> other && Representation == other.Representation &&
        KeySerializer.Equals(other.KeySerializer) && ValueSerializer.Equals(other.ValueSerializer);

    public override int GetHashCode() => HashCode.Combine(GetType(), Representation);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, KeyValuePair<TKey, TValue> value)
    {
        ArgumentNullException.ThrowIfNull(context);
        var writer = context.Writer;
        if (Representation == BsonType.Array)
        {
            writer.WriteStartArray();
            KeySerializer.Serialize(context, value.Key);
            ValueSerializer.Serialize(context, value.Value);
            writer.WriteEndArray();
            return;
        }
        writer.WriteStartDocument();
        writer.WriteName("k");
        KeySerializer.Serialize(context, value.Key);
        writer.WriteName("v");
        ValueSerializer.Serialize(context, value.Value);
        writer.WriteEndDocument();
    }

    public bool TryGetMemberSerializationInfo(string memberName, out BsonSerializationInfo serializationInfo)
    {
        if (Representation == BsonType.Array)
        {
            // There is no name in an array; the driver takes the position.
            serializationInfo = memberName switch
            {
                "Key" => BsonSerializationInfo.CreateWithPath(["0"], KeySerializer, KeySerializer.ValueType),
                "Value" => BsonSerializationInfo.CreateWithPath(["1"], ValueSerializer, ValueSerializer.ValueType),
                _ => null,
            };
            return serializationInfo != null;
        }
        serializationInfo = memberName switch
        {
            "Key" => new BsonSerializationInfo("k", KeySerializer, KeySerializer.ValueType),
            "Value" => new BsonSerializationInfo("v", ValueSerializer, ValueSerializer.ValueType),
            _ => null,
        };
        return serializationInfo != null;
    }

    private static BsonType Checked(BsonType representation) =>
        representation is BsonType.Array or BsonType.Document ? representation : throw UnsupportedRepresentation(representation);
}
