namespace MongoDB.Bson.Serialization;

/// <summary>Vectors as binary data.</summary>
public static class BinaryVectorExtensions
{
    public static BsonBinaryData ToBsonBinaryData<TItem>(this BinaryVector<TItem> binaryVector) where TItem : struct
    {
        ArgumentNullException.ThrowIfNull(binaryVector);
        var padding = binaryVector is BinaryVectorPackedBit bits ? bits.Padding : (byte)0;
        return BinaryVectorEncoding.Encode(binaryVector.Data.Span, binaryVector.DataType, padding);
    }
}
