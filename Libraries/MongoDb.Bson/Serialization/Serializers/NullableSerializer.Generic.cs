namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes nullable values; no value is null in BSON.</summary>
public sealed class NullableSerializer<T> : SerializerBase<T?>, IChildSerializerConfigurable, INullableSerializer where T : struct
{
    private readonly SerializerReference<T> _serializer;

    public NullableSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public NullableSerializer(IBsonSerializer<T> serializer) => _serializer = new(serializer);

    public NullableSerializer(IBsonSerializerRegistry serializerRegistry) => _serializer = new(serializerRegistry);

    public IBsonSerializer<T> ValueSerializer => _serializer.Value;

    IBsonSerializer INullableSerializer.ValueSerializer => ValueSerializer;

    IBsonSerializer IChildSerializerConfigurable.ChildSerializer => ValueSerializer;

    public override T? Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Reader.GetCurrentBsonType() == BsonType.Null)
        {
            context.Reader.ReadNull();
            return null;
        }
        return ValueSerializer.Deserialize(context);
    }

    public override bool Equals(object obj) => base.Equals(obj) && ValueSerializer.Equals(((NullableSerializer<T>)obj).ValueSerializer);

    public override int GetHashCode() => GetType().GetHashCode();

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, T? value)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (value is { } present)
        {
            ValueSerializer.Serialize(context, present);
            return;
        }
        context.Writer.WriteNull();
    }

    public NullableSerializer<T> WithSerializer(IBsonSerializer<T> serializer) =>
        ReferenceEquals(ValueSerializer, serializer) ? this : new NullableSerializer<T>(serializer);

    IBsonSerializer IChildSerializerConfigurable.WithChildSerializer(IBsonSerializer childSerializer) =>
        WithSerializer((IBsonSerializer<T>)childSerializer);
}
