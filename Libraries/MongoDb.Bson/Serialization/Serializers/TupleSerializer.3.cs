namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes tuples of 3 items as arrays.</summary>
public sealed class TupleSerializer<T1, T2, T3> : SealedClassSerializerBase<Tuple<T1, T2, T3>>, IBsonTupleSerializer
{
    private readonly TupleItems<T1, T2, T3, NoItem, NoItem, NoItem, NoItem, NoItem> _items;

    public TupleSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public TupleSerializer(IBsonSerializer<T1> item1Serializer, IBsonSerializer<T2> item2Serializer, IBsonSerializer<T3> item3Serializer) =>
        _items = new(item1Serializer, item2Serializer, item3Serializer);

    public TupleSerializer(IBsonSerializerRegistry serializerRegistry) => _items = new(serializerRegistry);

    public IBsonSerializer<T1> Item1Serializer => _items.Serializer1;

    public IBsonSerializer<T2> Item2Serializer => _items.Serializer2;

    public IBsonSerializer<T3> Item3Serializer => _items.Serializer3;

    protected override Tuple<T1, T2, T3> DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        EnsureBsonTypeEquals(context.Reader, BsonType.Array);
        var items = _items.Read(context);
        return new Tuple<T1, T2, T3>(items.Item1, items.Item2, items.Item3);
    }

    public override bool Equals(object obj) => base.Equals(obj) && obj is TupleSerializer<T1, T2, T3> other && _items.HasSameSerializers(other._items);

    public override int GetHashCode() => GetType().GetHashCode();

    public IBsonSerializer GetItemSerializer(int itemNumber) => _items.GetSerializer(itemNumber);

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, Tuple<T1, T2, T3> value) =>
        _items.Write(context, value.Item1, value.Item2, value.Item3);
}
