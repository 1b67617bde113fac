namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>What serializers of memory share: an array of the items, or of bytes binary data.</summary>
public abstract class MemorySerializerBase<TItem, TMemory> :
    StructSerializerBase<TMemory>, IRepresentationConfigurable<MemorySerializerBase<TItem, TMemory>> where TMemory : struct
{
    private readonly ArraySerializer<TItem> _arraySerializer = new();

    /// <exception cref="ArgumentException">Neither an array nor, for bytes, binary data.</exception>
    public MemorySerializerBase(BsonType representation) =>
        Representation = representation == BsonType.Array || (representation == BsonType.Binary && typeof(TItem) == typeof(byte))
            ? representation
            : throw UnsupportedRepresentation(representation);

    public MemorySerializerBase() : this(typeof(TItem) == typeof(byte) ? BsonType.Binary : BsonType.Array) { }

    public BsonType Representation { get; }

    public override TMemory Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        return CreateMemory(context.Reader.GetCurrentBsonType() == BsonType.Binary && typeof(TItem) == typeof(byte)
            ? (TItem[])(object)context.Reader.ReadBytes()
            : _arraySerializer.Deserialize(context));
    }

    public override bool Equals(object obj) => base.Equals(obj) && Representation == ((MemorySerializerBase<TItem, TMemory>)obj).Representation;

    public override int GetHashCode() => HashCode.Combine(GetType(), Representation);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, TMemory value)
    {
        ArgumentNullException.ThrowIfNull(context);
        var items = GetMemory(value).ToArray();
        if (Representation == BsonType.Binary)
        {
            context.Writer.WriteBytes((byte[])(object)items);
            return;
        }
        _arraySerializer.Serialize(context, items);
    }

    public abstract MemorySerializerBase<TItem, TMemory> WithRepresentation(BsonType representation);

    IBsonSerializer IRepresentationConfigurable.WithRepresentation(BsonType representation) => WithRepresentation(representation);

    protected abstract TMemory CreateMemory(TItem[] items);

    protected abstract Memory<TItem> GetMemory(TMemory memory);
}
