namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes arrays of three dimensions as arrays of arrays of the same length.</summary>
public sealed class ThreeDimensionalArraySerializer<TItem> : SealedClassSerializerBase<TItem[,,]>, IChildSerializerConfigurable
{
    private readonly SerializerReference<TItem> _itemSerializer;

    public ThreeDimensionalArraySerializer() : this(BsonSerializer.SerializerRegistry) { }

    public ThreeDimensionalArraySerializer(IBsonSerializer<TItem> itemSerializer) => _itemSerializer = new(itemSerializer);

    public ThreeDimensionalArraySerializer(IBsonSerializerRegistry serializerRegistry) => _itemSerializer = new(serializerRegistry);

    public IBsonSerializer<TItem> ItemSerializer => _itemSerializer.Value;

    public ThreeDimensionalArraySerializer<TItem> WithItemSerializer(IBsonSerializer<TItem> itemSerializer) =>
        ReferenceEquals(ItemSerializer, itemSerializer) ? this : new ThreeDimensionalArraySerializer<TItem>(itemSerializer);

    IBsonSerializer IChildSerializerConfigurable.ChildSerializer => ItemSerializer;

    IBsonSerializer IChildSerializerConfigurable.WithChildSerializer(IBsonSerializer childSerializer) =>
        WithItemSerializer((IBsonSerializer<TItem>)childSerializer);

    public override bool Equals(object obj) =>
        base.Equals(obj) && (ReferenceEquals(this, obj) || ItemSerializer.Equals(((ThreeDimensionalArraySerializer<TItem>)obj).ItemSerializer));

    public override int GetHashCode() => GetType().GetHashCode();

    protected override TItem[,,] DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        EnsureBsonTypeEquals(context.Reader, BsonType.Array);
        var rowSerializer = new TwoDimensionalArraySerializer<TItem>(ItemSerializer);
        var rows = new ArraySerializer<TItem[,]>(rowSerializer).Deserialize(context);
        var (rowCount, columnCount) = rows.Length == 0 ? (0, 0) : (rows[0].GetLength(0), rows[0].GetLength(1));
        var result = new TItem[rows.Length, rowCount, columnCount];
        for (var plane = 0; plane < rows.Length; plane++)
        {
            if (rows[plane].GetLength(0) != rowCount || rows[plane].GetLength(1) != columnCount)
            {
                throw new FormatException($"The arrays {plane} and 0 are of different sizes.");
            }
            for (var row = 0; row < rowCount; row++)
            {
                for (var column = 0; column < columnCount; column++)
                {
                    result[plane, row, column] = rows[plane][row, column];
                }
            }
        }
        return result;
    }

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, TItem[,,] value)
    {
        var writer = context.Writer;
        writer.WriteStartArray();
        for (var plane = 0; plane < value.GetLength(0); plane++)
        {
            writer.WriteStartArray();
            for (var row = 0; row < value.GetLength(1); row++)
            {
                writer.WriteStartArray();
                for (var column = 0; column < value.GetLength(2); column++)
                {
                    ItemSerializer.Serialize(context, value[plane, row, column]);
                }
                writer.WriteEndArray();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
    }
}
