using System.Linq.Expressions;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>
/// Serializes collections: those with an Add method are made empty and filled, others are made by a constructor that takes the
/// items.
/// </summary>
public sealed class EnumerableInterfaceImplementerSerializer<TValue, TItem> :
    EnumerableInterfaceImplementerSerializerBase<TValue, TItem>, IChildSerializerConfigurable where TValue : IEnumerable<TItem>
{
    private static readonly Func<TValue> CreateEmpty = CompileCreateEmpty();
    private static readonly Func<List<TItem>, TValue> CreateFromItems = CompileCreateFromItems();

    public EnumerableInterfaceImplementerSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public EnumerableInterfaceImplementerSerializer(IBsonSerializer<TItem> itemSerializer) : base(itemSerializer) { }

    public EnumerableInterfaceImplementerSerializer(IBsonSerializerRegistry serializerRegistry) : base(serializerRegistry) { }

    public EnumerableInterfaceImplementerSerializer<TValue, TItem> WithItemSerializer(IBsonSerializer<TItem> itemSerializer) =>
        ReferenceEquals(ItemSerializer, itemSerializer) ? this : new EnumerableInterfaceImplementerSerializer<TValue, TItem>(itemSerializer);

    IBsonSerializer IChildSerializerConfigurable.ChildSerializer => ItemSerializer;

    IBsonSerializer IChildSerializerConfigurable.WithChildSerializer(IBsonSerializer childSerializer) =>
        WithItemSerializer((IBsonSerializer<TItem>)childSerializer);

    protected override object CreateAccumulator() => CreateEmpty == null ? new List<TItem>() : CreateEmpty();

    protected override void AddItem(object accumulator, TItem item)
    {
        if (accumulator is List<TItem> list)
        {
            list.Add(item);
        }
        else
        {
            ((ICollection<TItem>)accumulator).Add(item);
        }
    }

    protected override TValue FinalizeResult(object accumulator) => accumulator is TValue value && CreateEmpty != null ? value
        : CreateFromItems != null ? CreateFromItems((List<TItem>)accumulator)
        : throw new BsonSerializationException($"{BsonUtils.GetFriendlyTypeName(typeof(TValue))} can neither be filled nor be made from its items.");

    private static Func<TValue> CompileCreateEmpty()
    {
        var type = typeof(TValue);
        var canBeFilled = typeof(ICollection<TItem>).IsAssignableFrom(type) && !type.IsAbstract && type.GetConstructor(Type.EmptyTypes) != null;
        return canBeFilled ? Expression.Lambda<Func<TValue>>(Expression.New(type)).Compile() : null;
    }

    private static Func<List<TItem>, TValue> CompileCreateFromItems()
    {
        var type = typeof(TValue);
        if (type.IsAbstract || type.GetConstructors().FirstOrDefault(candidate => candidate.GetParameters() is [var parameter] &&
                parameter.ParameterType.IsAssignableFrom(typeof(List<TItem>))) is not { } constructor)
        {
            return null;
        }
        var items = Expression.Parameter(typeof(List<TItem>));
        var argument = Expression.Convert(items, constructor.GetParameters()[0].ParameterType);
        return Expression.Lambda<Func<List<TItem>, TValue>>(Expression.New(constructor, argument), items).Compile();
    }
}
