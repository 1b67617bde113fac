namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes tuples of 1 item as arrays.</summary>
public sealed class TupleSerializer<T1> : SealedClassSerializerBase<Tuple<T1>>, IBsonTupleSerializer
{
    private readonly TupleItems<T1, NoItem, NoItem, NoItem, NoItem, NoItem, NoItem, NoItem> _items;

    public TupleSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public TupleSerializer(IBsonSerializer<T1> item1Serializer) =>
        _items = new(item1Serializer);

    public TupleSerializer(IBsonSerializerRegistry serializerRegistry) => _items = new(serializerRegistry);

    public IBsonSerializer<T1> Item1Serializer => _items.Serializer1;

    protected override Tuple<T1> DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        EnsureBsonTypeEquals(context.Reader, BsonType.Array);
        var items = _items.Read(context);
        return new Tuple<T1>(items.Item1);
    }

    public override bool Equals(object obj) => base.Equals(obj) && obj is TupleSerializer<T1> other && _items.HasSameSerializers(other._items);

    public override int GetHashCode() => GetType().GetHashCode();

    public IBsonSerializer GetItemSerializer(int itemNumber) => _items.GetSerializer(itemNumber);

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, Tuple<T1> value) =>
        _items.Write(context, value.Item1);
}
