namespace MongoDB.Bson.Serialization;

/// <summary>Binary data as vectors.</summary>
public static class BsonBinaryDataExtensions
{
    /// <exception cref="FormatException">Not a vector, or one with items of another type.</exception>
    public static BinaryVector<TItem> ToBinaryVector<TItem>(this BsonBinaryData binaryData) where TItem : struct
    {
        var (items, padding, type) = binaryData.ToBinaryVectorAsArray<TItem>();
        object vector = type switch
        {
            BinaryVectorDataType.Float32 => new BinaryVectorFloat32((float[])(object)items),
            BinaryVectorDataType.Int8 => new BinaryVectorInt8((sbyte[])(object)items),
            _ => new BinaryVectorPackedBit((byte[])(object)items, padding),
        };
        return vector as BinaryVector<TItem> ?? throw new FormatException($"A vector of {type} is not one of {typeof(TItem).Name}.");
    }

    /// <exception cref="FormatException">Not a vector.</exception>
    public static (ReadOnlyMemory<byte> Bytes, byte Padding, BinaryVectorDataType VectorDataType) ToBinaryVectorAsBytes(this BsonBinaryData binaryData) =>
        BinaryVectorEncoding.Split(binaryData);

    /// <exception cref="FormatException">Not a vector, or one with items of another type.</exception>
    public static (TItem[] Items, byte Padding, BinaryVectorDataType VectorDataType) ToBinaryVectorAsArray<TItem>(this BsonBinaryData binaryData)
        where TItem : struct
    {
        var (bytes, padding, type) = BinaryVectorEncoding.Split(binaryData);
        return (BinaryVectorEncoding.Decode<TItem>(bytes.Span, type), padding, type);
    }
}
