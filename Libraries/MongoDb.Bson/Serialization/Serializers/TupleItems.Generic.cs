namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>
/// The items of a tuple as an array. There is room for as many items as a tuple can have; the types behind the last one are
/// <see cref="NoItem"/>.
/// </summary>
internal sealed class TupleItems<T1, T2, T3, T4, T5, T6, T7, T8>
{
    private static readonly int Count = new[]
    {
        typeof(T1), typeof(T2), typeof(T3), typeof(T4), typeof(T5), typeof(T6), typeof(T7), typeof(T8),
    }.Count(type => type != typeof(NoItem));

    private readonly SerializerReference<T1> _item1;
    private readonly SerializerReference<T2> _item2;
    private readonly SerializerReference<T3> _item3;
    private readonly SerializerReference<T4> _item4;
    private readonly SerializerReference<T5> _item5;
    private readonly SerializerReference<T6> _item6;
    private readonly SerializerReference<T7> _item7;
    private readonly SerializerReference<T8> _item8;

    public TupleItems(IBsonSerializerRegistry registry)
    {
        _item1 = new(registry);
        _item2 = new(registry);
        _item3 = new(registry);
        _item4 = new(registry);
        _item5 = new(registry);
        _item6 = new(registry);
        _item7 = new(registry);
        _item8 = new(registry);
    }

    public TupleItems(
        IBsonSerializer<T1> serializer1, IBsonSerializer<T2> serializer2 = null, IBsonSerializer<T3> serializer3 = null, IBsonSerializer<T4> serializer4 = null,
        IBsonSerializer<T5> serializer5 = null, IBsonSerializer<T6> serializer6 = null, IBsonSerializer<T7> serializer7 = null, IBsonSerializer<T8> serializer8 = null)
    {
        _item1 = Reference(serializer1);
        _item2 = Reference(serializer2);
        _item3 = Reference(serializer3);
        _item4 = Reference(serializer4);
        _item5 = Reference(serializer5);
        _item6 = Reference(serializer6);
        _item7 = Reference(serializer7);
        _item8 = Reference(serializer8);
    }

    public IBsonSerializer<T1> Serializer1 => _item1.Value;

    public IBsonSerializer<T2> Serializer2 => _item2.Value;

    public IBsonSerializer<T3> Serializer3 => _item3.Value;

    public IBsonSerializer<T4> Serializer4 => _item4.Value;

    public IBsonSerializer<T5> Serializer5 => _item5.Value;

    public IBsonSerializer<T6> Serializer6 => _item6.Value;

    public IBsonSerializer<T7> Serializer7 => _item7.Value;

    public IBsonSerializer<T8> Serializer8 => _item8.Value;

    public IBsonSerializer GetSerializer(int itemNumber) => itemNumber > Count ? throw NoSuchItem(itemNumber) : itemNumber switch
    {
        1 => Serializer1,
        2 => Serializer2,
        3 => Serializer3,
        4 => Serializer4,
        5 => Serializer5,
        6 => Serializer6,
        7 => Serializer7,
        8 => Serializer8,
        _ => throw NoSuchItem(itemNumber),
    };

    public bool HasSameSerializers(TupleItems<T1, T2, T3, T4, T5, T6, T7, T8> other) =>
        Enumerable.Range(1, Count).All(number => GetSerializer(number).Equals(other.GetSerializer(number)));

    /// <exception cref="FormatException">The array has fewer items than the tuple, or more.</exception>
    public (T1 Item1, T2 Item2, T3 Item3, T4 Item4, T5 Item5, T6 Item6, T7 Item7, T8 Item8) Read(BsonDeserializationContext context)
    {
        context.Reader.ReadStartArray();
        // From left to right, as they follow each other in the array.
        var items = (Read(context, _item1), Read(context, _item2), Read(context, _item3), Read(context, _item4),
            Read(context, _item5), Read(context, _item6), Read(context, _item7), Read(context, _item8));
        if (context.Reader.ReadBsonType() != BsonType.EndOfDocument)
        {
            throw new FormatException("The array has more items than the tuple.");
        }
        context.Reader.ReadEndArray();
        return items;
    }

    public void Write(
        BsonSerializationContext context, T1 item1, T2 item2 = default, T3 item3 = default, T4 item4 = default, T5 item5 = default, T6 item6 = default, T7 item7 = default, T8 item8 = default)
    {
        context.Writer.WriteStartArray();
        Write(context, _item1, item1);
        Write(context, _item2, item2);
        Write(context, _item3, item3);
        Write(context, _item4, item4);
        Write(context, _item5, item5);
        Write(context, _item6, item6);
        Write(context, _item7, item7);
        Write(context, _item8, item8);
        context.Writer.WriteEndArray();
    }

    private static ArgumentOutOfRangeException NoSuchItem(int itemNumber) => new(nameof(itemNumber), $"The tuple has no item {itemNumber}.");

    private static SerializerReference<T> Reference<T>(IBsonSerializer<T> serializer) => typeof(T) == typeof(NoItem) ? null : new(serializer);

    // The compiler of the runtime knows the comparison's outcome, and leaves nothing of an item that is not there.
    private static T Read<T>(BsonDeserializationContext context, SerializerReference<T> item) =>
        typeof(T) == typeof(NoItem) ? default : item.Value.Deserialize(context);

    private static void Write<T>(BsonSerializationContext context, SerializerReference<T> item, T value)
    {
        if (typeof(T) != typeof(NoItem))
        {
            item.Value.Serialize(context, value);
        }
    }
}

/// <summary>The type of an item that a tuple does not have.</summary>
internal readonly struct NoItem;
