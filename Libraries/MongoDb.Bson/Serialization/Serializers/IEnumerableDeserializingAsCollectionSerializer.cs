namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes interfaces of collections; what is read is of a given class.</summary>
public sealed class IEnumerableDeserializingAsCollectionSerializer<TIEnumerable, TItem, TCollection> :
    SerializerBase<TIEnumerable>, IBsonArraySerializer, IChildSerializerConfigurable
    where TIEnumerable : class, IEnumerable<TItem>
    where TCollection : class, ICollection<TItem>, new()
{
    private readonly SerializerReference<TItem> _itemSerializer;

    public IEnumerableDeserializingAsCollectionSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public IEnumerableDeserializingAsCollectionSerializer(IBsonSerializer<TItem> itemSerializer) => _itemSerializer = new(itemSerializer);

    public IEnumerableDeserializingAsCollectionSerializer(IBsonSerializerRegistry serializerRegistry) => _itemSerializer = new(serializerRegistry);

    public IBsonSerializer<TItem> ItemSerializer => _itemSerializer.Value;

    public IEnumerableDeserializingAsCollectionSerializer<TIEnumerable, TItem, TCollection> WithItemSerializer(IBsonSerializer<TItem> itemSerializer) =>
        ReferenceEquals(ItemSerializer, itemSerializer) ? this : new IEnumerableDeserializingAsCollectionSerializer<TIEnumerable, TItem, TCollection>(itemSerializer);

    IBsonSerializer IChildSerializerConfigurable.ChildSerializer => ItemSerializer;

    IBsonSerializer IChildSerializerConfigurable.WithChildSerializer(IBsonSerializer childSerializer) =>
        WithItemSerializer((IBsonSerializer<TItem>)childSerializer);

    public override TIEnumerable Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        if (reader.GetCurrentBsonType() == BsonType.Null)
        {
            reader.ReadNull();
            return null;
        }
        EnsureBsonTypeEquals(reader, BsonType.Array);
        var itemSerializer = ItemSerializer;
        var itemArgs = new BsonDeserializationArgs { NominalType = itemSerializer.ValueType };
        var collection = new TCollection();
        reader.ReadStartArray();
        while (reader.ReadBsonType() != BsonType.EndOfDocument)
        {
            collection.Add(itemSerializer.Deserialize(context, itemArgs));
        }
        reader.ReadEndArray();
        return collection as TIEnumerable;
    }

    public override bool Equals(object obj) => base.Equals(obj) && (ReferenceEquals(this, obj) ||
        ItemSerializer.Equals(((IEnumerableDeserializingAsCollectionSerializer<TIEnumerable, TItem, TCollection>)obj).ItemSerializer));

    public override int GetHashCode() => GetType().GetHashCode();

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, TIEnumerable value)
    {
        ArgumentNullException.ThrowIfNull(context);
        var writer = context.Writer;
        if (value == null)
        {
            writer.WriteNull();
            return;
        }
        writer.WriteStartArray();
        var itemSerializer = ItemSerializer;
        var itemArgs = new BsonSerializationArgs { NominalType = itemSerializer.ValueType };
        foreach (var item in value)
        {
            itemSerializer.Serialize(context, itemArgs, item);
        }
        writer.WriteEndArray();
    }

    public bool TryGetItemSerializationInfo(out BsonSerializationInfo serializationInfo)
    {
        serializationInfo = new BsonSerializationInfo(null, ItemSerializer, ItemSerializer.ValueType);
        return true;
    }
}
