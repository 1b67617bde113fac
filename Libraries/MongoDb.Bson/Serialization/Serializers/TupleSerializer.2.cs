namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes tuples of 2 items as arrays.</summary>
public sealed class TupleSerializer<T1, T2> : SealedClassSerializerBase<Tuple<T1, T2>>, IBsonTupleSerializer
{
    private readonly TupleItems<T1, T2, NoItem, NoItem, NoItem, NoItem, NoItem, NoItem> _items;

    public TupleSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public TupleSerializer(IBsonSerializer<T1> item1Serializer, IBsonSerializer<T2> item2Serializer) =>
        _items = new(item1Serializer, item2Serializer);

    public TupleSerializer(IBsonSerializerRegistry serializerRegistry) => _items = new(serializerRegistry);

    public IBsonSerializer<T1> Item1Serializer => _items.Serializer1;

    public IBsonSerializer<T2> Item2Serializer => _items.Serializer2;

    protected override Tuple<T1, T2> DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        EnsureBsonTypeEquals(context.Reader, BsonType.Array);
        var items = _items.Read(context);
        return new Tuple<T1, T2>(items.Item1, items.Item2);
    }

    public override bool Equals(object obj) => base.Equals(obj) && obj is TupleSerializer<T1, T2> other && _items.HasSameSerializers(other._items);

    public override int GetHashCode() => GetType().GetHashCode();

    public IBsonSerializer GetItemSerializer(int itemNumber) => _items.GetSerializer(itemNumber);

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, Tuple<T1, T2> value) =>
        _items.Write(context, value.Item1, value.Item2);
}
