namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>What serializers of classes share: null is null in BSON, and subclasses have serializers of their own.</summary>
public abstract class ClassSerializerBase<TValue> : SerializerBase<TValue> where TValue : class
{
    public override TValue Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Reader.GetCurrentBsonType() == BsonType.Null)
        {
            context.Reader.ReadNull();
            return null;
        }
        var actualType = GetActualType(context);
        if (actualType == typeof(TValue))
        {
            return DeserializeValue(context, args);
        }
        return (TValue)BsonSerializer.LookupSerializer(actualType).Deserialize(context, args);
    }

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, TValue value)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (value == null)
        {
            context.Writer.WriteNull();
            return;
        }
        var actualType = value.GetType();
        if (actualType == typeof(TValue) || args.SerializeAsNominalType)
        {
            SerializeValue(context, args, value);
            return;
        }
        BsonSerializer.LookupSerializer(actualType).Serialize(context, args, value);
    }

    protected virtual TValue DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args) =>
        throw CreateCannotBeDeserializedException();

    /// <summary>The type of the present value, by the discriminator if it has one.</summary>
    protected virtual Type GetActualType(BsonDeserializationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return this.GetDiscriminatorConvention().GetActualType(context.Reader, typeof(TValue));
    }

    protected virtual void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, TValue value) =>
        throw CreateCannotBeSerializedException();
}
