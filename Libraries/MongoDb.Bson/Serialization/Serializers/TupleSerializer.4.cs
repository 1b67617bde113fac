namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes tuples of 4 items as arrays.</summary>
public sealed class TupleSerializer<T1, T2, T3, T4> : SealedClassSerializerBase<Tuple<T1, T2, T3, T4>>, IBsonTupleSerializer
{
    private readonly SerializerReference<T1> _item1;
    private readonly SerializerReference<T2> _item2;
    private readonly SerializerReference<T3> _item3;
    private readonly SerializerReference<T4> _item4;

    public TupleSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public TupleSerializer(IBsonSerializer<T1> item1Serializer, IBsonSerializer<T2> item2Serializer, IBsonSerializer<T3> item3Serializer, IBsonSerializer<T4> item4Serializer)
    {
        _item1 = new(item1Serializer);
        _item2 = new(item2Serializer);
        _item3 = new(item3Serializer);
        _item4 = new(item4Serializer);
    }

    public TupleSerializer(IBsonSerializerRegistry serializerRegistry)
    {
        _item1 = new(serializerRegistry);
        _item2 = new(serializerRegistry);
        _item3 = new(serializerRegistry);
        _item4 = new(serializerRegistry);
    }

    public IBsonSerializer<T1> Item1Serializer => _item1.Value;

    public IBsonSerializer<T2> Item2Serializer => _item2.Value;

    public IBsonSerializer<T3> Item3Serializer => _item3.Value;

    public IBsonSerializer<T4> Item4Serializer => _item4.Value;

    protected override Tuple<T1, T2, T3, T4> DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        EnsureBsonTypeEquals(context.Reader, BsonType.Array);
        context.Reader.ReadStartArray();
        var item1 = Item1Serializer.Deserialize(context);
        var item2 = Item2Serializer.Deserialize(context);
        var item3 = Item3Serializer.Deserialize(context);
        var item4 = Item4Serializer.Deserialize(context);
        TupleItems.ReadEnd(context.Reader);
        return new Tuple<T1, T2, T3, T4>(item1, item2, item3, item4);
    }

    public override bool Equals(object obj) => base.Equals(obj) && obj is TupleSerializer<T1, T2, T3, T4> other &&
        Item1Serializer.Equals(other.Item1Serializer) &&
        Item2Serializer.Equals(other.Item2Serializer) &&
        Item3Serializer.Equals(other.Item3Serializer) &&
        Item4Serializer.Equals(other.Item4Serializer);

    public override int GetHashCode() => GetType().GetHashCode();

    public IBsonSerializer GetItemSerializer(int itemNumber) => itemNumber switch
    {
        1 => Item1Serializer,
        2 => Item2Serializer,
        3 => Item3Serializer,
        4 => Item4Serializer,
        _ => throw TupleItems.NoSuchItem(itemNumber),
    };

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, Tuple<T1, T2, T3, T4> value)
    {
        context.Writer.WriteStartArray();
        Item1Serializer.Serialize(context, value.Item1);
        Item2Serializer.Serialize(context, value.Item2);
        Item3Serializer.Serialize(context, value.Item3);
        Item4Serializer.Serialize(context, value.Item4);
        context.Writer.WriteEndArray();
    }
}
