using System.Collections;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Dynamic;
using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.Serialization;

/// <summary>Serializers of arrays, lists, sets and dictionaries.</summary>
public class CollectionsSerializationProvider : BsonSerializationProviderBase
{
    private static readonly Dictionary<Type, Type> SerializerTypes = new()
    {
        [typeof(BitArray)] = typeof(BitArraySerializer),
        [typeof(ExpandoObject)] = typeof(ExpandoObjectSerializer),
        [typeof(Queue)] = typeof(QueueSerializer),
        [typeof(Stack)] = typeof(StackSerializer),
        [typeof(Queue<>)] = typeof(QueueSerializer<>),
        [typeof(Stack<>)] = typeof(StackSerializer<>),
        [typeof(ReadOnlyCollection<>)] = typeof(ReadOnlyCollectionSerializer<>),
        [typeof(Memory<>)] = typeof(MemorySerializer<>),
        [typeof(ReadOnlyMemory<>)] = typeof(ReadonlyMemorySerializer<>),
        [typeof(ImmutableArray<>)] = typeof(ImmutableArraySerializer<>),
        [typeof(ImmutableList<>)] = typeof(ImmutableListSerializer<>),
        [typeof(ImmutableHashSet<>)] = typeof(ImmutableHashSetSerializer<>),
        [typeof(ImmutableSortedSet<>)] = typeof(ImmutableSortedSetSerializer<>),
        [typeof(ImmutableDictionary<,>)] = typeof(ImmutableDictionarySerializer<,>),
        [typeof(ImmutableSortedDictionary<,>)] = typeof(ImmutableSortedDictionarySerializer<,>),
        [typeof(ImmutableQueue<>)] = typeof(ImmutableQueueSerializer<>),
        [typeof(ImmutableStack<>)] = typeof(ImmutableStackSerializer<>),
    };

    public override IBsonSerializer GetSerializer(Type type, IBsonSerializerRegistry serializerRegistry)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (SerializerTypes.TryGetValue(type, out var serializerType))
        {
            return CreateSerializer(serializerType, serializerRegistry);
        }
        if (type.IsGenericType)
        {
            var definition = type.GetGenericTypeDefinition();
            if (SerializerTypes.TryGetValue(definition, out serializerType))
            {
                return CreateGenericSerializer(serializerType, type.GetGenericArguments(), serializerRegistry);
            }
            if (definition == typeof(IOrderedEnumerable<>))
            {
                return IOrderedEnumerableSerializer.Create(
                    serializerRegistry.GetSerializer(type.GetGenericArguments()[0]), "A sequence that was read cannot be ordered further.");
            }
        }
        return type.IsArray ? CreateArraySerializer(type, serializerRegistry)
            : CreateReadOnlyDictionarySerializer(type, serializerRegistry)
            ?? CreateDictionarySerializer(type, serializerRegistry)
            ?? CreateSequenceSerializer(type, serializerRegistry);
    }

    private IBsonSerializer CreateArraySerializer(Type type, IBsonSerializerRegistry registry)
    {
        var definition = type.GetArrayRank() switch
        {
            1 => typeof(ArraySerializer<>),
            2 => typeof(TwoDimensionalArraySerializer<>),
            3 => typeof(ThreeDimensionalArraySerializer<>),
            var rank => throw new BsonSerializationException($"There is no serializer for arrays with {rank} dimensions."),
        };
        return CreateGenericSerializer(definition, [type.GetElementType()], registry);
    }

    private IBsonSerializer CreateReadOnlyDictionarySerializer(Type type, IBsonSerializerRegistry registry)
    {
        if (!type.IsGenericType || type.GetGenericArguments() is not [var key, var value])
        {
            return null;
        }
        if (type == typeof(IReadOnlyDictionary<,>).MakeGenericType(key, value))
        {
            var implementation = typeof(ReadOnlyDictionary<,>).MakeGenericType(key, value);
            return CreateGenericSerializer(typeof(ImpliedImplementationInterfaceSerializer<,>), [type, implementation], registry);
        }
        var isReadOnlyDictionary = !type.IsInterface && Implements(type, typeof(IReadOnlyDictionary<,>)) != null &&
            (Implements(type, typeof(IDictionary<,>)) == null || typeof(ReadOnlyDictionary<,>).MakeGenericType(key, value).IsAssignableFrom(type));
        return isReadOnlyDictionary
            ? CreateGenericSerializer(typeof(ReadOnlyDictionaryInterfaceImplementerSerializer<,,>), [type, key, value], registry)
            : null;
    }

    private IBsonSerializer CreateDictionarySerializer(Type type, IBsonSerializerRegistry registry)
    {
        if (Implements(type, typeof(IDictionary<,>)) is { } generic)
        {
            var arguments = generic.GetGenericArguments();
            return type.IsInterface
                ? CreateGenericSerializer(typeof(ImpliedImplementationInterfaceSerializer<,>), [type, typeof(Dictionary<,>).MakeGenericType(arguments)], registry)
                : CreateGenericSerializer(typeof(DictionaryInterfaceImplementerSerializer<,,>), [type, .. arguments], registry);
        }
        if (!typeof(IDictionary).IsAssignableFrom(type))
        {
            return null;
        }
        return type.IsInterface
            ? CreateGenericSerializer(typeof(ImpliedImplementationInterfaceSerializer<,>), [type, typeof(Hashtable)], registry)
            : CreateGenericSerializer(typeof(DictionaryInterfaceImplementerSerializer<>), [type], registry);
    }

    private IBsonSerializer CreateSequenceSerializer(Type type, IBsonSerializerRegistry registry)
    {
        if (Implements(type, typeof(IEnumerable<>)) is not { } generic)
        {
            return !typeof(IEnumerable).IsAssignableFrom(type) ? null
                : type.IsInterface ? CreateGenericSerializer(typeof(ImpliedImplementationInterfaceSerializer<,>), [type, typeof(ArrayList)], registry)
                : CreateGenericSerializer(typeof(EnumerableInterfaceImplementerSerializer<>), [type], registry);
        }
        var item = generic.GetGenericArguments()[0];
        if (type.IsInterface)
        {
            var collection = (Implements(type, typeof(ISet<>)) != null ? typeof(HashSet<>) : typeof(List<>)).MakeGenericType(item);
            if (type.IsAssignableFrom(collection))
            {
                return CreateGenericSerializer(typeof(IEnumerableDeserializingAsCollectionSerializer<,,>), [type, item, collection], registry);
            }
        }
        else if (typeof(ReadOnlyCollection<>).MakeGenericType(item).IsAssignableFrom(type))
        {
            return CreateGenericSerializer(typeof(ReadOnlyCollectionSubclassSerializer<,>), [type, item], registry);
        }
        return CreateGenericSerializer(typeof(EnumerableInterfaceImplementerSerializer<,>), [type, item], registry);
    }

    private static Type Implements(Type type, Type definition) =>
        type.GetInterfaces().Append(type).LastOrDefault(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == definition);
}
