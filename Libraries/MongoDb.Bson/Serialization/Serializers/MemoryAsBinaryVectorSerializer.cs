namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Stores memory of numbers as vectors.</summary>
public sealed class MemoryAsBinaryVectorSerializer<TItem> : ItemContainerAsBinaryVectorSerializer<Memory<TItem>, TItem> where TItem : struct
{
    public MemoryAsBinaryVectorSerializer(BinaryVectorDataType binaryVectorDataType) : base(binaryVectorDataType) { }

    private protected override Memory<TItem> FromItems(TItem[] items) => items;

    private protected override ReadOnlySpan<TItem> ToSpan(Memory<TItem> value) => value.Span;
}
