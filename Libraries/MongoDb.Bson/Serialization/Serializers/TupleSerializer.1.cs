namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes tuples of 1 item as arrays.</summary>
public sealed class TupleSerializer<T1> : SealedClassSerializerBase<Tuple<T1>>, IBsonTupleSerializer
{
    private readonly SerializerReference<T1> _item1;

    public TupleSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public TupleSerializer(IBsonSerializer<T1> item1Serializer)
    {
        _item1 = new(item1Serializer);
    }

    public TupleSerializer(IBsonSerializerRegistry serializerRegistry)
    {
        _item1 = new(serializerRegistry);
    }

    public IBsonSerializer<T1> Item1Serializer => _item1.Value;

    protected override Tuple<T1> DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        EnsureBsonTypeEquals(context.Reader, BsonType.Array);
        context.Reader.ReadStartArray();
        var item1 = Item1Serializer.Deserialize(context);
        TupleItems.ReadEnd(context.Reader);
        return new Tuple<T1>(item1);
    }

    public override bool Equals(object obj) => base.Equals(obj) && obj is TupleSerializer<T1> other &&
        Item1Serializer.Equals(other.Item1Serializer);

    public override int GetHashCode() => GetType().GetHashCode();

    public IBsonSerializer GetItemSerializer(int itemNumber) => itemNumber switch
    {
        1 => Item1Serializer,
        _ => throw TupleItems.NoSuchItem(itemNumber),
    };

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, Tuple<T1> value)
    {
        context.Writer.WriteStartArray();
        Item1Serializer.Serialize(context, value.Item1);
        context.Writer.WriteEndArray();
    }
}
