namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes tuples of 3 items as arrays.</summary>
public sealed class ValueTupleSerializer<T1, T2, T3> : StructSerializerBase<ValueTuple<T1, T2, T3>>, IBsonTupleSerializer
{
    private readonly SerializerReference<T1> _item1;
    private readonly SerializerReference<T2> _item2;
    private readonly SerializerReference<T3> _item3;

    public ValueTupleSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public ValueTupleSerializer(IBsonSerializer<T1> item1Serializer, IBsonSerializer<T2> item2Serializer, IBsonSerializer<T3> item3Serializer)
    {
        _item1 = new(item1Serializer);
        _item2 = new(item2Serializer);
        _item3 = new(item3Serializer);
    }

    public ValueTupleSerializer(IBsonSerializerRegistry serializerRegistry)
    {
        _item1 = new(serializerRegistry);
        _item2 = new(serializerRegistry);
        _item3 = new(serializerRegistry);
    }

    public IBsonSerializer<T1> Item1Serializer => _item1.Value;

    public IBsonSerializer<T2> Item2Serializer => _item2.Value;

    public IBsonSerializer<T3> Item3Serializer => _item3.Value;

    public override ValueTuple<T1, T2, T3> Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        EnsureBsonTypeEquals(context.Reader, BsonType.Array);
        context.Reader.ReadStartArray();
        var item1 = Item1Serializer.Deserialize(context);
        var item2 = Item2Serializer.Deserialize(context);
        var item3 = Item3Serializer.Deserialize(context);
        TupleItems.ReadEnd(context.Reader);
        return new ValueTuple<T1, T2, T3>(item1, item2, item3);
    }

    public override bool Equals(object obj) => base.Equals(obj) && obj is ValueTupleSerializer<T1, T2, T3> other &&
        Item1Serializer.Equals(other.Item1Serializer) &&
        Item2Serializer.Equals(other.Item2Serializer) &&
        Item3Serializer.Equals(other.Item3Serializer);

    public override int GetHashCode() => GetType().GetHashCode();

    public IBsonSerializer GetItemSerializer(int itemNumber) => itemNumber switch
    {
        1 => Item1Serializer,
        2 => Item2Serializer,
        3 => Item3Serializer,
        _ => throw TupleItems.NoSuchItem(itemNumber),
    };

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, ValueTuple<T1, T2, T3> value)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Writer.WriteStartArray();
        Item1Serializer.Serialize(context, value.Item1);
        Item2Serializer.Serialize(context, value.Item2);
        Item3Serializer.Serialize(context, value.Item3);
        context.Writer.WriteEndArray();
    }
}
