namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="Memory{T}"/>.</summary>
public sealed class MemorySerializer<TItem> : MemorySerializerBase<TItem, Memory<TItem>>
{
    public MemorySerializer() { }

    public MemorySerializer(BsonType representation) : base(representation) { }

    public override MemorySerializerBase<TItem, Memory<TItem>> WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new MemorySerializer<TItem>(representation);

    protected override Memory<TItem> CreateMemory(TItem[] items) => items;

    protected override Memory<TItem> GetMemory(Memory<TItem> memory) => memory;
}
