using System.Reflection;
using System.Runtime.CompilerServices;
using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.Serialization.Conventions;

/// <summary>Says which types members of type object may hold.</summary>
public sealed class ObjectSerializerAllowedTypesConvention : ConventionBase, IMemberMapConvention
{
    private readonly Func<Type, bool> _allowedDeserializationTypes;
    private readonly Func<Type, bool> _allowedSerializationTypes;

    /// <summary>Only the default types.</summary>
    public ObjectSerializerAllowedTypesConvention() : this(ObjectSerializer.NoAllowedTypes) { }

    public ObjectSerializerAllowedTypesConvention(Func<Type, bool> allowedTypes) : this(allowedTypes, allowedTypes) { }

    public ObjectSerializerAllowedTypesConvention(Func<Type, bool> allowedDeserializationTypes, Func<Type, bool> allowedSerializationTypes)
    {
        ArgumentNullException.ThrowIfNull(allowedDeserializationTypes);
        ArgumentNullException.ThrowIfNull(allowedSerializationTypes);
        _allowedDeserializationTypes = allowedDeserializationTypes;
        _allowedSerializationTypes = allowedSerializationTypes;
    }

    public ObjectSerializerAllowedTypesConvention(IEnumerable<Type> allowedTypes) : this(allowedTypes, allowedTypes) { }

    public ObjectSerializerAllowedTypesConvention(IEnumerable<Type> allowedDeserializationTypes, IEnumerable<Type> allowedSerializationTypes)
        : this(new HashSet<Type>(allowedDeserializationTypes).Contains, new HashSet<Type>(allowedSerializationTypes).Contains) { }

    public ObjectSerializerAllowedTypesConvention(params Assembly[] allowedAssemblies) : this(type => allowedAssemblies.Contains(type.Assembly)) { }

    public static ObjectSerializerAllowedTypesConvention AllowAllTypes { get; } = new(ObjectSerializer.AllAllowedTypes);

    public static ObjectSerializerAllowedTypesConvention AllowNoTypes { get; } = new(ObjectSerializer.NoAllowedTypes) { AllowDefaultFrameworkTypes = false };

    public static ObjectSerializerAllowedTypesConvention AllowOnlyDefaultFrameworkTypes { get; } = new();

    public bool AllowDefaultFrameworkTypes { get; init; } = true;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ObjectSerializerAllowedTypesConvention GetAllowAllCallingAssemblyAndDefaultFrameworkTypesConvention() => new(Assembly.GetCallingAssembly());

    public void Apply(BsonMemberMap memberMap)
    {
        ArgumentNullException.ThrowIfNull(memberMap);
        if (SerializerConfigurator.Reconfigure(memberMap.GetSerializer(), serializer => (serializer as ObjectSerializer)?.WithAllowedTypes(
                type => _allowedDeserializationTypes(type) || IsDefault(type),
                type => _allowedSerializationTypes(type) || IsDefault(type))) is { } configured)
        {
            memberMap.SetSerializer(configured);
        }
    }

    private bool IsDefault(Type type) => AllowDefaultFrameworkTypes && ObjectSerializer.DefaultAllowedTypes(type);
}
