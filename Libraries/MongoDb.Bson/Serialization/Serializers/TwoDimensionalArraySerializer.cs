namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes arrays of two dimensions as arrays of arrays of the same length.</summary>
public sealed class TwoDimensionalArraySerializer<TItem> : SealedClassSerializerBase<TItem[,]>, IChildSerializerConfigurable
{
    private readonly SerializerReference<TItem> _itemSerializer;

    public TwoDimensionalArraySerializer() : this(BsonSerializer.SerializerRegistry) { }

    public TwoDimensionalArraySerializer(IBsonSerializer<TItem> itemSerializer) => _itemSerializer = new(itemSerializer);

    public TwoDimensionalArraySerializer(IBsonSerializerRegistry serializerRegistry) => _itemSerializer = new(serializerRegistry);

    public IBsonSerializer<TItem> ItemSerializer => _itemSerializer.Value;

    public TwoDimensionalArraySerializer<TItem> WithItemSerializer(IBsonSerializer<TItem> itemSerializer) =>
        ReferenceEquals(ItemSerializer, itemSerializer) ? this : new TwoDimensionalArraySerializer<TItem>(itemSerializer);

    IBsonSerializer IChildSerializerConfigurable.ChildSerializer => ItemSerializer;

    IBsonSerializer IChildSerializerConfigurable.WithChildSerializer(IBsonSerializer childSerializer) =>
        WithItemSerializer((IBsonSerializer<TItem>)childSerializer);

    public override bool Equals(object obj) =>
        base.Equals(obj) && (ReferenceEquals(this, obj) || ItemSerializer.Equals(((TwoDimensionalArraySerializer<TItem>)obj).ItemSerializer));

    public override int GetHashCode() => GetType().GetHashCode();

    protected override TItem[,] DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        EnsureBsonTypeEquals(context.Reader, BsonType.Array);
        var rowSerializer = new ArraySerializer<TItem>(ItemSerializer);
        var rows = new ArraySerializer<TItem[]>(rowSerializer).Deserialize(context);
        var columnCount = rows.Length == 0 ? 0 : rows[0].Length;
        var result = new TItem[rows.Length, columnCount];
        for (var row = 0; row < rows.Length; row++)
        {
            if (rows[row].Length != columnCount)
            {
                throw new FormatException($"Row {row} has {rows[row].Length} items, and row 0 has {columnCount}.");
            }
            for (var column = 0; column < columnCount; column++)
            {
                result[row, column] = rows[row][column];
            }
        }
        return result;
    }

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, TItem[,] value)
    {
        var writer = context.Writer;
        writer.WriteStartArray();
        for (var row = 0; row < value.GetLength(0); row++)
        {
            writer.WriteStartArray();
            for (var column = 0; column < value.GetLength(1); column++)
            {
                ItemSerializer.Serialize(context, value[row, column]);
            }
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
    }
}
