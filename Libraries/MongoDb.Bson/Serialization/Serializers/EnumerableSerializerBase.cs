using System.Collections;
using MongoDB.Bson.Serialization.Conventions;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>What serializers of sequences of objects share. null is null in BSON.</summary>
public abstract class EnumerableSerializerBase<TValue> : SerializerBase<TValue>, IBsonArraySerializer where TValue : IEnumerable
{
    private readonly IBsonSerializerRegistry _registry;
    private IBsonSerializer _itemSerializer;

    protected EnumerableSerializerBase() : this(BsonSerializer.SerializerRegistry) { }

    protected EnumerableSerializerBase(IBsonSerializer itemSerializer)
    {
        ArgumentNullException.ThrowIfNull(itemSerializer);
        _itemSerializer = itemSerializer;
    }

    protected EnumerableSerializerBase(IBsonSerializerRegistry serializerRegistry)
    {
        ArgumentNullException.ThrowIfNull(serializerRegistry);
        _registry = serializerRegistry;
    }

    public IBsonSerializer ItemSerializer => _itemSerializer ??= _registry.GetSerializer<object>();

    public override TValue Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        switch (reader.GetCurrentBsonType())
        {
            case BsonType.Null:
                reader.ReadNull();
                return default;
            case BsonType.Array:
                reader.ReadStartArray();
                var accumulator = CreateAccumulator();
                while (reader.ReadBsonType() != BsonType.EndOfDocument)
                {
                    AddItem(accumulator, ItemSerializer.Deserialize(context));
                }
                reader.ReadEndArray();
                return FinalizeResult(accumulator);
            case BsonType.Document:
                var wrapper = CreateWrapper();
                return wrapper.IsPositionedAtDiscriminatedWrapper(context)
                    ? wrapper.Deserialize(context)
                    : throw CreateCannotDeserializeFromBsonTypeException(BsonType.Document);
            default:
                throw CreateCannotDeserializeFromBsonTypeException(reader.CurrentBsonType);
        }
    }

    public override bool Equals(object obj) =>
        base.Equals(obj) && (ReferenceEquals(this, obj) || ItemSerializer.Equals(((EnumerableSerializerBase<TValue>)obj).ItemSerializer));

    public override int GetHashCode() => GetType().GetHashCode();

    public bool TryGetItemSerializationInfo(out BsonSerializationInfo serializationInfo)
    {
        serializationInfo = new BsonSerializationInfo(null, ItemSerializer, ItemSerializer.ValueType);
        return true;
    }

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, TValue value)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (value == null)
        {
            context.Writer.WriteNull();
            return;
        }
        // A subclass that stands in the place of an interface or base class is told by a discriminator.
        if (args.NominalType != null && args.NominalType != value.GetType() && !args.SerializeAsNominalType)
        {
            CreateWrapper().Serialize(context, value);
            return;
        }
        context.Writer.WriteStartArray();
        foreach (var item in EnumerateItemsInSerializationOrder(value))
        {
            ItemSerializer.Serialize(context, item);
        }
        context.Writer.WriteEndArray();
    }

    protected abstract void AddItem(object accumulator, object item);

    protected abstract object CreateAccumulator();

    protected abstract IEnumerable EnumerateItemsInSerializationOrder(TValue value);

    protected abstract TValue FinalizeResult(object accumulator);

    private DiscriminatedWrapperSerializer<TValue> CreateWrapper() => new(StandardDiscriminatorConvention.Scalar, this);
}
