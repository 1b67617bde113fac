namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes tuples of 5 items as arrays.</summary>
public sealed class ValueTupleSerializer<T1, T2, T3, T4, T5> : StructSerializerBase<ValueTuple<T1, T2, T3, T4, T5>>, IBsonTupleSerializer
{
    private readonly TupleItems<T1, T2, T3, T4, T5, NoItem, NoItem, NoItem> _items;

    public ValueTupleSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public ValueTupleSerializer(IBsonSerializer<T1> item1Serializer, IBsonSerializer<T2> item2Serializer, IBsonSerializer<T3> item3Serializer, IBsonSerializer<T4> item4Serializer, IBsonSerializer<T5> item5Serializer) =>
        _items = new(item1Serializer, item2Serializer, item3Serializer, item4Serializer, item5Serializer);

    public ValueTupleSerializer(IBsonSerializerRegistry serializerRegistry) => _items = new(serializerRegistry);

    public IBsonSerializer<T1> Item1Serializer => _items.Serializer1;

    public IBsonSerializer<T2> Item2Serializer => _items.Serializer2;

    public IBsonSerializer<T3> Item3Serializer => _items.Serializer3;

    public IBsonSerializer<T4> Item4Serializer => _items.Serializer4;

    public IBsonSerializer<T5> Item5Serializer => _items.Serializer5;

    public override ValueTuple<T1, T2, T3, T4, T5> Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        EnsureBsonTypeEquals(context.Reader, BsonType.Array);
        var items = _items.Read(context);
        return new ValueTuple<T1, T2, T3, T4, T5>(items.Item1, items.Item2, items.Item3, items.Item4, items.Item5);
    }

    public override bool Equals(object obj) => base.Equals(obj) && obj is ValueTupleSerializer<T1, T2, T3, T4, T5> other && _items.HasSameSerializers(other._items);

    public override int GetHashCode() => GetType().GetHashCode();

    public IBsonSerializer GetItemSerializer(int itemNumber) => _items.GetSerializer(itemNumber);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, ValueTuple<T1, T2, T3, T4, T5> value)
    {
        ArgumentNullException.ThrowIfNull(context);
        _items.Write(context, value.Item1, value.Item2, value.Item3, value.Item4, value.Item5);
    }
}
