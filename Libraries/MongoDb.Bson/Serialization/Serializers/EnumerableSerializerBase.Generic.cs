using MongoDB.Bson.Serialization.Conventions;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>What serializers of sequences share. null is null in BSON.</summary>
public abstract class EnumerableSerializerBase<TValue, TItem> : SerializerBase<TValue>, IBsonArraySerializer where TValue : IEnumerable<TItem>
{
    private readonly SerializerReference<TItem> _itemSerializer;

    protected EnumerableSerializerBase() : this(BsonSerializer.SerializerRegistry) { }

    protected EnumerableSerializerBase(IBsonSerializer<TItem> itemSerializer) => _itemSerializer = new(itemSerializer);

    protected EnumerableSerializerBase(IBsonSerializerRegistry serializerRegistry) => _itemSerializer = new(serializerRegistry);

    public IBsonSerializer<TItem> ItemSerializer => _itemSerializer.Value;

    public override TValue Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        if (reader.GetCurrentBsonType() == BsonType.Null)
        {
            reader.ReadNull();
            return default;
        }
        if (reader.CurrentBsonType != BsonType.Array)
        {
            return DeserializeDiscriminated(context);
        }
        reader.ReadStartArray();
        var accumulator = CreateAccumulator();
        var itemSerializer = ItemSerializer;
        var itemArgs = new BsonDeserializationArgs { NominalType = itemSerializer.ValueType };
        while (reader.ReadBsonType() != BsonType.EndOfDocument)
        {
            AddItem(accumulator, itemSerializer.Deserialize(context, itemArgs));
        }
        reader.ReadEndArray();
        return FinalizeResult(accumulator);
    }

    public override bool Equals(object obj) =>
        base.Equals(obj) && (ReferenceEquals(this, obj) || ItemSerializer.Equals(((EnumerableSerializerBase<TValue, TItem>)obj).ItemSerializer));

    public override int GetHashCode() => GetType().GetHashCode();

    public bool TryGetItemSerializationInfo(out BsonSerializationInfo serializationInfo)
    {
        serializationInfo = new BsonSerializationInfo(null, ItemSerializer, ItemSerializer.ValueType);
        return true;
    }

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, TValue value)
    {
        ArgumentNullException.ThrowIfNull(context);
        var writer = context.Writer;
        if (value == null)
        {
            writer.WriteNull();
            return;
        }
        // A subclass that stands in the place of an interface or base class is told by a discriminator.
        if (args.NominalType != null && args.NominalType != value.GetType() && !args.SerializeAsNominalType)
        {
            CreateWrapper().Serialize(context, value);
            return;
        }
        writer.WriteStartArray();
        var itemSerializer = ItemSerializer;
        var itemArgs = new BsonSerializationArgs { NominalType = itemSerializer.ValueType };
        foreach (var item in EnumerateItemsInSerializationOrder(value))
        {
            itemSerializer.Serialize(context, itemArgs, item);
        }
        writer.WriteEndArray();
    }

    protected abstract void AddItem(object accumulator, TItem item);

    protected abstract object CreateAccumulator();

    protected abstract IEnumerable<TItem> EnumerateItemsInSerializationOrder(TValue value);

    protected abstract TValue FinalizeResult(object accumulator);

    private TValue DeserializeDiscriminated(BsonDeserializationContext context)
    {
        if (context.Reader.CurrentBsonType != BsonType.Document)
        {
            throw CreateCannotDeserializeFromBsonTypeException(context.Reader.CurrentBsonType);
        }
        var wrapper = CreateWrapper();
        return wrapper.IsPositionedAtDiscriminatedWrapper(context)
            ? wrapper.Deserialize(context)
            : throw CreateCannotDeserializeFromBsonTypeException(BsonType.Document);
    }

    private DiscriminatedWrapperSerializer<TValue> CreateWrapper() => new(StandardDiscriminatorConvention.Scalar, this);
}
