namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes vectors.</summary>
public sealed class BinaryVectorSerializer<TItemContainer, TItem> : BinaryVectorSerializerBase<TItemContainer, TItem>
    where TItemContainer : BinaryVector<TItem>
    where TItem : struct
{
    public BinaryVectorSerializer(BinaryVectorDataType binaryVectorDataType) : base(binaryVectorDataType) { }

    public override TItemContainer Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        return (TItemContainer)ReadAndValidateBsonBinaryData(context.Reader).ToBinaryVector<TItem>();
    }

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, TItemContainer value)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (value == null)
        {
            context.Writer.WriteNull();
            return;
        }
        context.Writer.WriteBinaryData(value.ToBsonBinaryData());
    }
}
