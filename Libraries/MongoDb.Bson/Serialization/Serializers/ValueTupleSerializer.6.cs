namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes tuples of 6 items as arrays.</summary>
public sealed class ValueTupleSerializer<T1, T2, T3, T4, T5, T6> : StructSerializerBase<ValueTuple<T1, T2, T3, T4, T5, T6>>, IBsonTupleSerializer
{
    private readonly SerializerReference<T1> _item1;
    private readonly SerializerReference<T2> _item2;
    private readonly SerializerReference<T3> _item3;
    private readonly SerializerReference<T4> _item4;
    private readonly SerializerReference<T5> _item5;
    private readonly SerializerReference<T6> _item6;

    public ValueTupleSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public ValueTupleSerializer(IBsonSerializer<T1> item1Serializer, IBsonSerializer<T2> item2Serializer, IBsonSerializer<T3> item3Serializer, IBsonSerializer<T4> item4Serializer, IBsonSerializer<T5> item5Serializer, IBsonSerializer<T6> item6Serializer)
    {
        _item1 = new(item1Serializer);
        _item2 = new(item2Serializer);
        _item3 = new(item3Serializer);
        _item4 = new(item4Serializer);
        _item5 = new(item5Serializer);
        _item6 = new(item6Serializer);
    }

    public ValueTupleSerializer(IBsonSerializerRegistry serializerRegistry)
    {
        _item1 = new(serializerRegistry);
        _item2 = new(serializerRegistry);
        _item3 = new(serializerRegistry);
        _item4 = new(serializerRegistry);
        _item5 = new(serializerRegistry);
        _item6 = new(serializerRegistry);
    }

    public IBsonSerializer<T1> Item1Serializer => _item1.Value;

    public IBsonSerializer<T2> Item2Serializer => _item2.Value;

    public IBsonSerializer<T3> Item3Serializer => _item3.Value;

    public IBsonSerializer<T4> Item4Serializer => _item4.Value;

    public IBsonSerializer<T5> Item5Serializer => _item5.Value;

    public IBsonSerializer<T6> Item6Serializer => _item6.Value;

    public override ValueTuple<T1, T2, T3, T4, T5, T6> Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        EnsureBsonTypeEquals(context.Reader, BsonType.Array);
        context.Reader.ReadStartArray();
        var item1 = Item1Serializer.Deserialize(context);
        var item2 = Item2Serializer.Deserialize(context);
        var item3 = Item3Serializer.Deserialize(context);
        var item4 = Item4Serializer.Deserialize(context);
        var item5 = Item5Serializer.Deserialize(context);
        var item6 = Item6Serializer.Deserialize(context);
        TupleItems.ReadEnd(context.Reader);
        return new ValueTuple<T1, T2, T3, T4, T5, T6>(item1, item2, item3, item4, item5, item6);
    }

    public override bool Equals(object obj) => base.Equals(obj) && obj is ValueTupleSerializer<T1, T2, T3, T4, T5, T6> other &&
        Item1Serializer.Equals(other.Item1Serializer) &&
        Item2Serializer.Equals(other.Item2Serializer) &&
        Item3Serializer.Equals(other.Item3Serializer) &&
        Item4Serializer.Equals(other.Item4Serializer) &&
        Item5Serializer.Equals(other.Item5Serializer) &&
        Item6Serializer.Equals(other.Item6Serializer);

    public override int GetHashCode() => GetType().GetHashCode();

    public IBsonSerializer GetItemSerializer(int itemNumber) => itemNumber switch
    {
        1 => Item1Serializer,
        2 => Item2Serializer,
        3 => Item3Serializer,
        4 => Item4Serializer,
        5 => Item5Serializer,
        6 => Item6Serializer,
        _ => throw TupleItems.NoSuchItem(itemNumber),
    };

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, ValueTuple<T1, T2, T3, T4, T5, T6> value)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Writer.WriteStartArray();
        Item1Serializer.Serialize(context, value.Item1);
        Item2Serializer.Serialize(context, value.Item2);
        Item3Serializer.Serialize(context, value.Item3);
        Item4Serializer.Serialize(context, value.Item4);
        Item5Serializer.Serialize(context, value.Item5);
        Item6Serializer.Serialize(context, value.Item6);
        context.Writer.WriteEndArray();
    }
}
