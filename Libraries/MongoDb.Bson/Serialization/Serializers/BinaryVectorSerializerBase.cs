using MongoDB.Bson.IO;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>What serializers of vectors share.</summary>
public abstract class BinaryVectorSerializerBase<TItemContainer, TItem> : SerializerBase<TItemContainer> where TItem : struct
{
    private protected BinaryVectorSerializerBase(BinaryVectorDataType binaryVectorDataType) => VectorDataType = binaryVectorDataType;

    public BinaryVectorDataType VectorDataType { get; }

    public override int GetHashCode() => HashCode.Combine(GetType(), VectorDataType);

    public override bool Equals(object obj) =>
        base.Equals(obj) && VectorDataType == ((BinaryVectorSerializerBase<TItemContainer, TItem>)obj).VectorDataType;

    /// <exception cref="FormatException">Not a vector, or one with another type of items.</exception>
    protected BsonBinaryData ReadAndValidateBsonBinaryData(IBsonReader bsonReader)
    {
        EnsureBsonTypeEquals(bsonReader, BsonType.Binary);
        var binary = bsonReader.ReadBinaryData();
        var (_, _, type) = BinaryVectorEncoding.Split(binary);
        return type == VectorDataType ? binary : throw new FormatException($"The vector has items of type {type}, not {VectorDataType}.");
    }
}
