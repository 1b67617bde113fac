using System.Collections.Concurrent;

namespace MongoDB.Bson.Serialization;

/// <summary>Serializers by type, made by providers when they are first asked for.</summary>
public sealed class BsonSerializerRegistry : IBsonSerializerRegistry
{
    private readonly ConcurrentDictionary<Type, IBsonSerializer> _serializers = new();
    private readonly ConcurrentStack<IBsonSerializationProvider> _providers = new();

    /// <exception cref="BsonSerializationException">No provider has a serializer for the type.</exception>
    public IBsonSerializer GetSerializer(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (_serializers.TryGetValue(type, out var serializer))
        {
            return serializer;
        }
        if (type.ContainsGenericParameters)
        {
            throw new ArgumentException($"{BsonUtils.GetFriendlyTypeName(type)} has type parameters without arguments.", nameof(type));
        }
        return _serializers.GetOrAdd(type, Create);
    }

    public IBsonSerializer<T> GetSerializer<T>() => (IBsonSerializer<T>)GetSerializer(typeof(T));

    /// <exception cref="BsonSerializationException">Another serializer is registered for the type already.</exception>
    public void RegisterSerializer(Type type, IBsonSerializer serializer)
    {
        Validate(type, serializer);
        if (!_serializers.TryAdd(type, serializer))
        {
            throw new BsonSerializationException($"There is a serializer for {type.FullName} already.");
        }
    }

    /// <summary>The provider that was registered last is asked first.</summary>
    public void RegisterSerializationProvider(IBsonSerializationProvider serializationProvider)
    {
        ArgumentNullException.ThrowIfNull(serializationProvider);
        _providers.Push(serializationProvider);
    }

    /// <summary>False if an equal serializer is registered already.</summary>
    /// <exception cref="BsonSerializationException">A different one is.</exception>
    public bool TryRegisterSerializer(Type type, IBsonSerializer serializer)
    {
        Validate(type, serializer);
        if (_serializers.TryAdd(type, serializer))
        {
            return true;
        }
        return _serializers[type].Equals(serializer) ? false
            : throw new BsonSerializationException($"There is a different serializer for {type.FullName} already.");
    }

    private static void Validate(Type type, IBsonSerializer serializer)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(serializer);
        if (typeof(BsonValue).IsAssignableFrom(type))
        {
            throw new BsonSerializationException($"The serializer for {type.FullName} cannot be replaced, for it is a BsonValue.");
        }
        if (type.ContainsGenericParameters)
        {
            throw new ArgumentException($"{BsonUtils.GetFriendlyTypeName(type)} has type parameters without arguments.", nameof(type));
        }
    }

    private IBsonSerializer Create(Type type)
    {
        foreach (var provider in _providers)
        {
            var serializer = provider is IRegistryAwareBsonSerializationProvider aware ? aware.GetSerializer(type, this) : provider.GetSerializer(type);
            if (serializer != null)
            {
                return serializer;
            }
        }
        throw new BsonSerializationException($"There is no serializer for {type.FullName}.");
    }
}
