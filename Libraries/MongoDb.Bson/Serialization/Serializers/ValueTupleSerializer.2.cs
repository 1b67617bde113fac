namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes tuples of 2 items as arrays.</summary>
public sealed class ValueTupleSerializer<T1, T2> : StructSerializerBase<ValueTuple<T1, T2>>, IBsonTupleSerializer
{
    private readonly SerializerReference<T1> _item1;
    private readonly SerializerReference<T2> _item2;

    public ValueTupleSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public ValueTupleSerializer(IBsonSerializer<T1> item1Serializer, IBsonSerializer<T2> item2Serializer)
    {
        _item1 = new(item1Serializer);
        _item2 = new(item2Serializer);
    }

    public ValueTupleSerializer(IBsonSerializerRegistry serializerRegistry)
    {
        _item1 = new(serializerRegistry);
        _item2 = new(serializerRegistry);
    }

    public IBsonSerializer<T1> Item1Serializer => _item1.Value;

    public IBsonSerializer<T2> Item2Serializer => _item2.Value;

    public override ValueTuple<T1, T2> Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        EnsureBsonTypeEquals(context.Reader, BsonType.Array);
        context.Reader.ReadStartArray();
        var item1 = Item1Serializer.Deserialize(context);
        var item2 = Item2Serializer.Deserialize(context);
        TupleItems.ReadEnd(context.Reader);
        return new ValueTuple<T1, T2>(item1, item2);
    }

    public override bool Equals(object obj) => base.Equals(obj) && obj is ValueTupleSerializer<T1, T2> other &&
        Item1Serializer.Equals(other.Item1Serializer) &&
        Item2Serializer.Equals(other.Item2Serializer);

    public override int GetHashCode() => GetType().GetHashCode();

    public IBsonSerializer GetItemSerializer(int itemNumber) => itemNumber switch
    {
        1 => Item1Serializer,
        2 => Item2Serializer,
        _ => throw TupleItems.NoSuchItem(itemNumber),
    };

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, ValueTuple<T1, T2> value)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Writer.WriteStartArray();
        Item1Serializer.Serialize(context, value.Item1);
        Item2Serializer.Serialize(context, value.Item2);
        context.Writer.WriteEndArray();
    }
}
