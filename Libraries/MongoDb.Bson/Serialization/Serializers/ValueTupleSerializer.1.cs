namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes tuples of 1 item as arrays.</summary>
public sealed class ValueTupleSerializer<T1> : StructSerializerBase<ValueTuple<T1>>, IBsonTupleSerializer
{
    private readonly TupleItems<T1, NoItem, NoItem, NoItem, NoItem, NoItem, NoItem, NoItem> _items;

    public ValueTupleSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public ValueTupleSerializer(IBsonSerializer<T1> item1Serializer) =>
        _items = new(item1Serializer);

    public ValueTupleSerializer(IBsonSerializerRegistry serializerRegistry) => _items = new(serializerRegistry);

    public IBsonSerializer<T1> Item1Serializer => _items.Serializer1;

    public override ValueTuple<T1> Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        EnsureBsonTypeEquals(context.Reader, BsonType.Array);
        var items = _items.Read(context);
        return new ValueTuple<T1>(items.Item1);
    }

    public override bool Equals(object obj) => base.Equals(obj) && obj is ValueTupleSerializer<T1> other && _items.HasSameSerializers(other._items);

    public override int GetHashCode() => GetType().GetHashCode();

    public IBsonSerializer GetItemSerializer(int itemNumber) => _items.GetSerializer(itemNumber);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, ValueTuple<T1> value)
    {
        ArgumentNullException.ThrowIfNull(context);
        _items.Write(context, value.Item1);
    }
}
