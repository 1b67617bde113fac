namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Stores read-only memory of numbers as vectors.</summary>
public sealed class ReadOnlyMemoryAsBinaryVectorSerializer<TItem> : ItemContainerAsBinaryVectorSerializer<ReadOnlyMemory<TItem>, TItem> where TItem : struct
{
    public ReadOnlyMemoryAsBinaryVectorSerializer(BinaryVectorDataType binaryVectorDataType) : base(binaryVectorDataType) { }

    private protected override ReadOnlyMemory<TItem> FromItems(TItem[] items) => items;

    private protected override ReadOnlySpan<TItem> ToSpan(ReadOnlyMemory<TItem> value) => value.Span;
}
