using System.Reflection;

namespace MongoDB.Bson.Serialization;

/// <summary>How objects of a class are made from the values of their elements: by a constructor, a static method or a delegate.</summary>
public class BsonCreatorMap
{
    private bool _isFrozen;
    private List<MemberInfo> _arguments;
    private List<string> _elementNames;
    private Dictionary<string, BsonMemberMap> _defaults;

    public BsonCreatorMap(BsonClassMap classMap, MemberInfo memberInfo, Delegate @delegate)
    {
        ArgumentNullException.ThrowIfNull(classMap);
        ArgumentNullException.ThrowIfNull(@delegate);
        ClassMap = classMap;
        MemberInfo = memberInfo;
        Delegate = @delegate;
    }

    /// <summary>The members whose values are the arguments; null until they are known.</summary>
    public IEnumerable<MemberInfo> Arguments => _arguments;

    public BsonClassMap ClassMap { get; }

    public Delegate Delegate { get; }

    /// <summary>The elements of the arguments; known after freezing.</summary>
    public IEnumerable<string> ElementNames => _elementNames ?? throw new InvalidOperationException("The creator map is not frozen yet.");

    /// <summary>The constructor or method; null where there is only a delegate.</summary>
    public MemberInfo MemberInfo { get; }

    public override bool Equals(object obj) =>
        obj is BsonCreatorMap other && GetType() == other.GetType() && Equals(MemberInfo, other.MemberInfo) && Delegate.Equals(other.Delegate) &&
        (_arguments ?? []).SequenceEqual(other._arguments ?? []);

    /// <exception cref="BsonSerializationException">An argument is not a mapped member.</exception>
    public void Freeze()
    {
        if (_isFrozen)
        {
            return;
        }
        var parameterCount = ParameterTypes.Length;
        if ((_arguments?.Count ?? 0) != parameterCount)
        {
            throw new BsonSerializationException(
                $"A creator of {ClassMap.ClassType.FullName} has {parameterCount} parameters, and {_arguments?.Count ?? 0} of them have members.");
        }
        var maps = (_arguments ?? []).Select(FindMemberMap).ToList();
        _elementNames = [.. maps.Select(map => map.ElementName)];
        _defaults = [];
        foreach (var map in maps)
        {
            _defaults[map.ElementName] = map;
        }
        _isFrozen = true;
    }

    public override int GetHashCode() => HashCode.Combine(MemberInfo, Delegate);

    /// <summary>Whether an argument may be missing.</summary>
    public bool HasDefaultValue(string elementName)
    {
        ArgumentNullException.ThrowIfNull(elementName);
        return _defaults != null && _defaults.TryGetValue(elementName, out var map) ? map.IsDefaultValueSpecified
            : throw new InvalidOperationException("The creator map is not frozen yet, or has no such argument.");
    }

    public BsonCreatorMap SetArguments(IEnumerable<MemberInfo> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (_isFrozen)
        {
            throw new InvalidOperationException("The creator map is frozen.");
        }
        var list = arguments.ToList();
        if (list.Count != ParameterTypes.Length)
        {
            throw new ArgumentException($"The creator has {ParameterTypes.Length} parameters, not {list.Count}.", nameof(arguments));
        }
        _arguments = list;
        return this;
    }

    /// <summary>Names of fields and properties.</summary>
    public BsonCreatorMap SetArguments(IEnumerable<string> argumentNames)
    {
        ArgumentNullException.ThrowIfNull(argumentNames);
        return SetArguments(argumentNames.Select(FindMember));
    }

    internal Type[] ParameterTypes => field ??= MemberInfo is MethodBase method
        ? [.. method.GetParameters().Select(parameter => parameter.ParameterType)]
        : [.. Delegate.GetType().GetMethod("Invoke").GetParameters().Select(parameter => parameter.ParameterType)];

    private BsonMemberMap FindMemberMap(MemberInfo argument) =>
        // The same property may have been found by way of a derived class.
        ClassMap.AllMemberMaps.FirstOrDefault(map => map.MemberInfo.Name == argument.Name && map.MemberInfo.DeclaringType == argument.DeclaringType)
        ?? ClassMap.AllMemberMaps.FirstOrDefault(map => map.MemberInfo.Name == argument.Name && map.MemberType == BsonClassMap.GetMemberInfoType(argument))
        ?? throw new BsonSerializationException($"The argument {argument.Name} of a creator of {ClassMap.ClassType.FullName} is not a mapped member.");

    private MemberInfo FindMember(string name)
    {
        const BindingFlags Flags = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var members = ClassMap.ClassType.GetMember(name, MemberTypes.Field | MemberTypes.Property, Flags);
        return members.Length == 1 ? members[0]
            : throw new BsonSerializationException($"{ClassMap.ClassType.FullName} has {(members.Length == 0 ? "no member" : "several members")} {name}.");
    }
}
