using System.Runtime.InteropServices;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="ReadOnlyMemory{T}"/>.</summary>
public sealed class ReadonlyMemorySerializer<TItem> : MemorySerializerBase<TItem, ReadOnlyMemory<TItem>>
{
    public ReadonlyMemorySerializer() { }

    public ReadonlyMemorySerializer(BsonType representation) : base(representation) { }

    public override MemorySerializerBase<TItem, ReadOnlyMemory<TItem>> WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new ReadonlyMemorySerializer<TItem>(representation);

    protected override ReadOnlyMemory<TItem> CreateMemory(TItem[] items) => items;

    protected override Memory<TItem> GetMemory(ReadOnlyMemory<TItem> memory) => MemoryMarshal.AsMemory(memory);
}
