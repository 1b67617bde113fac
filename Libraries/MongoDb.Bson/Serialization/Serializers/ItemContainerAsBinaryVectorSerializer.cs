namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>What serializers share that store arrays and memory as vectors.</summary>
public abstract class ItemContainerAsBinaryVectorSerializer<TItemContainer, TItem> : BinaryVectorSerializerBase<TItemContainer, TItem>
    where TItem : struct
{
    protected ItemContainerAsBinaryVectorSerializer(BinaryVectorDataType binaryVectorDataType) : base(binaryVectorDataType) { }

    public sealed override TItemContainer Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (items, padding, _) = ReadAndValidateBsonBinaryData(context.Reader).ToBinaryVectorAsArray<TItem>();
        // An array of bytes has no place for the padding.
        return padding == 0 ? FromItems(items) : throw new FormatException("A vector of bits with padding can only be read as BinaryVectorPackedBit.");
    }

    public sealed override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, TItemContainer value)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (value is null)
        {
            context.Writer.WriteNull();
            return;
        }
        context.Writer.WriteBinaryData(BinaryVectorEncoding.Encode(ToSpan(value), VectorDataType, padding: 0));
    }

    private protected abstract TItemContainer FromItems(TItem[] items);

    private protected abstract ReadOnlySpan<TItem> ToSpan(TItemContainer value);
}
