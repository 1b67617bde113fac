using System.Collections.Concurrent;
using MongoDB.Bson.Serialization.Attributes;
using MongoDB.Bson.Serialization.Conventions;
using MongoDB.Bson.Serialization.IdGenerators;

namespace MongoDB.Bson.Serialization;

/// <content>Serializers, discriminators and id generators of the process.</content>
public static partial class BsonSerializer
{
    private static readonly TypeMappingSerializationProvider TypeMappings = new();
    private static readonly BsonSerializerRegistry Registry = CreateRegistry();
    private static readonly ConcurrentDictionary<Type, IIdGenerator> IdGenerators = new()
    {
        [typeof(BsonObjectId)] = BsonObjectIdGenerator.Instance,
        [typeof(Guid)] = GuidGenerator.Instance,
        [typeof(ObjectId)] = ObjectIdGenerator.Instance,
    };

    private static readonly ConcurrentDictionary<Type, IDiscriminatorConvention> DiscriminatorConventions = new();
    private static readonly ConcurrentDictionary<BsonValue, Type[]> Discriminators = new();
    private static readonly ConcurrentDictionary<Type, bool> DiscriminatedTypes = new();
    private static readonly ConcurrentDictionary<Type, bool> TypesWithKnownTypes = new();

    public static IBsonSerializerRegistry SerializerRegistry => Registry;

    /// <summary>Refuses null as an id.</summary>
    public static bool UseNullIdChecker { get; set; }

    /// <summary>Refuses zero as an id.</summary>
    public static bool UseZeroIdChecker { get; set; }

    /// <summary>Guards registrations and the making of class maps, which look at one another.</summary>
    internal static Lock ConfigurationLock { get; } = new();

    /// <summary>Whether the type or a base type of it may have subtypes with discriminators.</summary>
    public static bool IsTypeDiscriminated(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.IsInterface || DiscriminatedTypes.ContainsKey(type);
    }

    /// <exception cref="BsonSerializationException">The discriminator is unknown, ambiguous, or of a type that does not fit.</exception>
    public static Type LookupActualType(Type nominalType, BsonValue discriminator)
    {
        ArgumentNullException.ThrowIfNull(nominalType);
        if (discriminator is null)
        {
            return nominalType;
        }
        EnsureKnownTypesAreRegistered(nominalType);
        Type actualType = null;
        if (Discriminators.TryGetValue(discriminator, out var types))
        {
            foreach (var type in types.Where(nominalType.IsAssignableFrom))
            {
                actualType = actualType == null ? type
                    : throw new BsonSerializationException($"The discriminator '{discriminator}' is of several types: {actualType.FullName} and {type.FullName}.");
            }
        }
        actualType ??= discriminator.IsString ? TypeNameDiscriminator.GetActualType(discriminator.AsString) : null;
        return actualType == null ? throw new BsonSerializationException($"The discriminator '{discriminator}' is of no known type.")
            : nominalType.IsAssignableFrom(actualType) ? actualType
            : throw new BsonSerializationException($"The discriminator '{discriminator}' is of {actualType.FullName}, which is not a {nominalType.FullName}.");
    }

    public static IDiscriminatorConvention LookupDiscriminatorConvention(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (DiscriminatorConventions.TryGetValue(type, out var convention))
        {
            return convention;
        }
        lock (ConfigurationLock)
        {
            return DiscriminatorConventions.GetOrAdd(type, FindDiscriminatorConvention);
        }
    }

    public static IIdGenerator LookupIdGenerator(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return IdGenerators.GetOrAdd(type, ChooseIdGenerator);
    }

    public static IBsonSerializer<T> LookupSerializer<T>() => Registry.GetSerializer<T>();

    public static IBsonSerializer LookupSerializer(Type type) => Registry.GetSerializer(type);

    public static void RegisterDiscriminator(Type type, BsonValue discriminator)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (type.IsInterface)
        {
            throw new BsonSerializationException($"{type.FullName} is an interface; only classes have discriminators.");
        }
        lock (ConfigurationLock)
        {
            Discriminators.AddOrUpdate(discriminator, _ => [type], (_, types) => types.Contains(type) ? types : [.. types, type]);
            for (var baseType = type.BaseType; baseType != null; baseType = baseType.BaseType)
            {
                DiscriminatedTypes.TryAdd(baseType, true);
            }
        }
    }

    /// <exception cref="BsonSerializationException">There is one for the type already.</exception>
    public static void RegisterDiscriminatorConvention(Type type, IDiscriminatorConvention convention)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!DiscriminatorConventions.TryAdd(type, convention))
        {
            throw new BsonSerializationException($"There is a discriminator convention for {type.FullName} already.");
        }
    }

    /// <summary>Has values of a generic type serialized by a generic serializer with the same type arguments.</summary>
    public static void RegisterGenericSerializerDefinition(Type genericTypeDefinition, Type genericSerializerDefinition) =>
        TypeMappings.RegisterMapping(genericTypeDefinition, genericSerializerDefinition);

    public static void RegisterIdGenerator(Type type, IIdGenerator idGenerator)
    {
        ArgumentNullException.ThrowIfNull(type);
        IdGenerators[type] = idGenerator;
    }

    public static void RegisterSerializationProvider(IBsonSerializationProvider provider) => Registry.RegisterSerializationProvider(provider);

    public static void RegisterSerializer<T>(IBsonSerializer<T> serializer) => RegisterSerializer(typeof(T), serializer);

    public static void RegisterSerializer(Type type, IBsonSerializer serializer) => Registry.RegisterSerializer(type, serializer);

    public static bool TryRegisterSerializer(Type type, IBsonSerializer serializer) => Registry.TryRegisterSerializer(type, serializer);

    public static bool TryRegisterSerializer<T>(IBsonSerializer<T> serializer) => TryRegisterSerializer(typeof(T), serializer);

    internal static void EnsureKnownTypesAreRegistered(Type nominalType)
    {
        if (TypesWithKnownTypes.ContainsKey(nominalType))
        {
            return;
        }
        lock (ConfigurationLock)
        {
            if (nominalType.IsDefined(typeof(BsonKnownTypesAttribute), inherit: false))
            {
                // Making the class map registers what its attribute names.
                LookupSerializer(nominalType);
            }
            TypesWithKnownTypes.TryAdd(nominalType, true);
        }
    }

    internal static BsonValue[] GetDiscriminatorsForTypeAndSubTypes(Type type)
    {
        EnsureKnownTypesAreRegistered(type);
        return [.. Discriminators.Where(entry => entry.Value.Any(actual => actual == type || actual.IsSubclassOf(type))).Select(entry => entry.Key).Order()];
    }

    private static BsonSerializerRegistry CreateRegistry()
    {
        // The last one is asked first.
        var registry = new BsonSerializerRegistry();
        registry.RegisterSerializationProvider(new BsonClassMapSerializationProvider());
        registry.RegisterSerializationProvider(new DiscriminatedInterfaceSerializationProvider());
        registry.RegisterSerializationProvider(new CollectionsSerializationProvider());
        registry.RegisterSerializationProvider(new PrimitiveSerializationProvider());
        registry.RegisterSerializationProvider(new AttributedSerializationProvider());
        registry.RegisterSerializationProvider(TypeMappings);
        registry.RegisterSerializationProvider(new BsonObjectModelSerializationProvider());
        return registry;
    }

    private static IIdGenerator ChooseIdGenerator(Type type)
    {
        if (type.IsValueType && UseZeroIdChecker && typeof(IEquatable<>).MakeGenericType(type).IsAssignableFrom(type))
        {
            return (IIdGenerator)Activator.CreateInstance(typeof(ZeroIdChecker<>).MakeGenericType(type));
        }
        return UseNullIdChecker && !type.IsValueType ? NullIdChecker.Instance : null;
    }

    // A class takes the convention of the nearest base class that has one.
    private static IDiscriminatorConvention FindDiscriminatorConvention(Type type)
    {
        if (type == typeof(object))
        {
            return ObjectDiscriminatorConvention.Instance;
        }
        if (type.IsInterface)
        {
            return LookupDiscriminatorConvention(typeof(object));
        }
        for (var baseType = type.BaseType; baseType != null && baseType != typeof(object); baseType = baseType.BaseType)
        {
            if (DiscriminatorConventions.TryGetValue(baseType, out var convention))
            {
                return convention;
            }
        }
        return StandardDiscriminatorConvention.Scalar;
    }
}
