namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Makes serializers of value tuples.</summary>
public static class ValueTupleSerializer
{
    public static IBsonSerializer Create(IEnumerable<IBsonSerializer> itemSerializers) =>
        TupleItems.Create(itemSerializers, [typeof(ValueTupleSerializer<>), typeof(ValueTupleSerializer<,>), typeof(ValueTupleSerializer<,,>),
            typeof(ValueTupleSerializer<,,,>), typeof(ValueTupleSerializer<,,,,>), typeof(ValueTupleSerializer<,,,,,>),
            typeof(ValueTupleSerializer<,,,,,,>), typeof(ValueTupleSerializer<,,,,,,,>)]);
}
