namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes tuples of 6 items as arrays.</summary>
public sealed class TupleSerializer<T1, T2, T3, T4, T5, T6> : SealedClassSerializerBase<Tuple<T1, T2, T3, T4, T5, T6>>, IBsonTupleSerializer
{
    private readonly TupleItems<T1, T2, T3, T4, T5, T6, NoItem, NoItem> _items;

    public TupleSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public TupleSerializer(IBsonSerializer<T1> item1Serializer, IBsonSerializer<T2> item2Serializer, IBsonSerializer<T3> item3Serializer, IBsonSerializer<T4> item4Serializer, IBsonSerializer<T5> item5Serializer, IBsonSerializer<T6> item6Serializer) =>
        _items = new(item1Serializer, item2Serializer, item3Serializer, item4Serializer, item5Serializer, item6Serializer);

    public TupleSerializer(IBsonSerializerRegistry serializerRegistry) => _items = new(serializerRegistry);

    public IBsonSerializer<T1> Item1Serializer => _items.Serializer1;

    public IBsonSerializer<T2> Item2Serializer => _items.Serializer2;

    public IBsonSerializer<T3> Item3Serializer => _items.Serializer3;

    public IBsonSerializer<T4> Item4Serializer => _items.Serializer4;

    public IBsonSerializer<T5> Item5Serializer => _items.Serializer5;

    public IBsonSerializer<T6> Item6Serializer => _items.Serializer6;

    protected override Tuple<T1, T2, T3, T4, T5, T6> DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        EnsureBsonTypeEquals(context.Reader, BsonType.Array);
        var items = _items.Read(context);
        return new Tuple<T1, T2, T3, T4, T5, T6>(items.Item1, items.Item2, items.Item3, items.Item4, items.Item5, items.Item6);
    }

    public override bool Equals(object obj) => base.Equals(obj) && obj is TupleSerializer<T1, T2, T3, T4, T5, T6> other && _items.HasSameSerializers(other._items);

    public override int GetHashCode() => GetType().GetHashCode();

    public IBsonSerializer GetItemSerializer(int itemNumber) => _items.GetSerializer(itemNumber);

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, Tuple<T1, T2, T3, T4, T5, T6> value) =>
        _items.Write(context, value.Item1, value.Item2, value.Item3, value.Item4, value.Item5, value.Item6);
}
