using MongoDB.Bson.IO;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>What all serializers share. Serializers of one class are equal unless they say otherwise.</summary>
public abstract class SerializerBase<TValue> : IBsonSerializer<TValue>
{
    public Type ValueType => typeof(TValue);

    public virtual TValue Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args) => throw CreateCannotBeDeserializedException();

    public override bool Equals(object obj) => obj is not null && GetType() == obj.GetType();

    public override int GetHashCode() => GetType().GetHashCode();

    public virtual void Serialize(BsonSerializationContext context, BsonSerializationArgs args, TValue value) =>
        throw CreateCannotBeSerializedException();

    object IBsonSerializer.Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args) => Deserialize(context, args);

    void IBsonSerializer.Serialize(BsonSerializationContext context, BsonSerializationArgs args, object value) => Serialize(context, args, (TValue)value);

    protected Exception CreateCannotBeDeserializedException() =>
        new BsonSerializationException($"{BsonUtils.GetFriendlyTypeName(GetType())} cannot read a {BsonUtils.GetFriendlyTypeName(typeof(TValue))}.");

    protected Exception CreateCannotBeSerializedException() =>
        new BsonSerializationException($"{BsonUtils.GetFriendlyTypeName(GetType())} cannot write a {BsonUtils.GetFriendlyTypeName(typeof(TValue))}.");

    protected Exception CreateCannotDeserializeFromBsonTypeException(BsonType bsonType) =>
        new FormatException($"A {BsonUtils.GetFriendlyTypeName(typeof(TValue))} cannot be read from a value of type {bsonType}.");

    /// <exception cref="FormatException">The present value is of another type.</exception>
    protected void EnsureBsonTypeEquals(IBsonReader reader, BsonType bsonType)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (reader.GetCurrentBsonType() != bsonType)
        {
            throw CreateCannotDeserializeFromBsonTypeException(reader.CurrentBsonType);
        }
    }

    private protected static ArgumentException UnsupportedRepresentation(BsonType representation) =>
        new($"A {BsonUtils.GetFriendlyTypeName(typeof(TValue))} cannot be represented as {representation}.", nameof(representation));
}
