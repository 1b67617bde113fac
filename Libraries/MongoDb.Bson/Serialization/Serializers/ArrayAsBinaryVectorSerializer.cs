namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Stores arrays of numbers as vectors.</summary>
public sealed class ArrayAsBinaryVectorSerializer<TItem> : ItemContainerAsBinaryVectorSerializer<TItem[], TItem> where TItem : struct
{
    public ArrayAsBinaryVectorSerializer(BinaryVectorDataType binaryVectorDataType) : base(binaryVectorDataType) { }

    private protected override TItem[] FromItems(TItem[] items) => items;

    private protected override ReadOnlySpan<TItem> ToSpan(TItem[] value) => value;
}
