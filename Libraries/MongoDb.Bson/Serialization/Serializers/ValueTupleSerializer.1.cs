namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes tuples of 1 item as arrays.</summary>
public sealed class ValueTupleSerializer<T1> : StructSerializerBase<ValueTuple<T1>>, IBsonTupleSerializer
{
    private readonly SerializerReference<T1> _item1;

    public ValueTupleSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public ValueTupleSerializer(IBsonSerializer<T1> item1Serializer)
    {
        _item1 = new(item1Serializer);
    }

    public ValueTupleSerializer(IBsonSerializerRegistry serializerRegistry)
    {
        _item1 = new(serializerRegistry);
    }

    public IBsonSerializer<T1> Item1Serializer => _item1.Value;

    public override ValueTuple<T1> Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        EnsureBsonTypeEquals(context.Reader, BsonType.Array);
        context.Reader.ReadStartArray();
        var item1 = Item1Serializer.Deserialize(context);
        TupleItems.ReadEnd(context.Reader);
        return new ValueTuple<T1>(item1);
    }

    public override bool Equals(object obj) => base.Equals(obj) && obj is ValueTupleSerializer<T1> other &&
        Item1Serializer.Equals(other.Item1Serializer);

    public override int GetHashCode() => GetType().GetHashCode();

    public IBsonSerializer GetItemSerializer(int itemNumber) => itemNumber switch
    {
        1 => Item1Serializer,
        _ => throw TupleItems.NoSuchItem(itemNumber),
    };

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, ValueTuple<T1> value)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Writer.WriteStartArray();
        Item1Serializer.Serialize(context, value.Item1);
        context.Writer.WriteEndArray();
    }
}
