namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes ordered sequences, in their order; what is read cannot be ordered further.</summary>
public sealed class IOrderedEnumerableSerializer<TItem> : SerializerBase<IOrderedEnumerable<TItem>>, IBsonArraySerializer
{
    private readonly IBsonSerializer<TItem> _itemSerializer;
    private readonly string _thenByExceptionMessage;

    public IOrderedEnumerableSerializer(IBsonSerializer<TItem> itemSerializer, string thenByExceptionMessage)
    {
        ArgumentNullException.ThrowIfNull(itemSerializer);
        ArgumentNullException.ThrowIfNull(thenByExceptionMessage);
        _itemSerializer = itemSerializer;
        _thenByExceptionMessage = thenByExceptionMessage;
    }

    public override IOrderedEnumerable<TItem> Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args) =>
        new Ordered(new ArraySerializer<TItem>(_itemSerializer).Deserialize(context, args), _thenByExceptionMessage);

    public override bool Equals(object obj) =>
        base.Equals(obj) && _itemSerializer.Equals(((IOrderedEnumerableSerializer<TItem>)obj)._itemSerializer);

    public override int GetHashCode() => GetType().GetHashCode();

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, IOrderedEnumerable<TItem> value) =>
        new ArraySerializer<TItem>(_itemSerializer).Serialize(context, [.. value]);

    public bool TryGetItemSerializationInfo(out BsonSerializationInfo serializationInfo)
    {
        serializationInfo = new BsonSerializationInfo(null, _itemSerializer, _itemSerializer.ValueType);
        return true;
    }

    private sealed class Ordered(TItem[] items, string message) : IOrderedEnumerable<TItem>
    {
        public IOrderedEnumerable<TItem> CreateOrderedEnumerable<TKey>(Func<TItem, TKey> keySelector, IComparer<TKey> comparer, bool descending) =>
            throw new InvalidOperationException(message);

        public IEnumerator<TItem> GetEnumerator() => ((IEnumerable<TItem>)items).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
