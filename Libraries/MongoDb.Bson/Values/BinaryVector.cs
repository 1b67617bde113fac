namespace MongoDB.Bson;

/// <summary>A dense vector of numbers in binary data of subtype 9.</summary>
public abstract class BinaryVector<TItem> where TItem : struct
{
    private protected BinaryVector(ReadOnlyMemory<TItem> data, BinaryVectorDataType dataType)
    {
        Data = data;
        DataType = dataType;
    }

    public BinaryVectorDataType DataType { get; }

    public ReadOnlyMemory<TItem> Data { get; }
}
