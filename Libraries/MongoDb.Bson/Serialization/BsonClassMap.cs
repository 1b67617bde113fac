using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Reflection;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Conventions;

namespace MongoDB.Bson.Serialization;

/// <summary>How objects of a class are stored. It can be changed until it is frozen, which its first use does.</summary>
public partial class BsonClassMap
{
    private static readonly ConcurrentDictionary<Type, BsonClassMap> ClassMaps = new();
    private static readonly Queue<Type> KnownTypesToMap = new();
    private static int _freezeDepth;

    private readonly List<BsonCreatorMap> _creatorMaps = [];
    private readonly List<BsonMemberMap> _allMemberMaps = [];
    private readonly List<Type> _knownTypes = [];
    private List<BsonMemberMap> _declaredMemberMaps = [];
    private BsonClassMap _baseClassMap;
    private volatile bool _isFrozen;
    private string _discriminator;
    private bool _discriminatorIsRequired;
    private bool _hasRootClass;
    private bool _isRootClass;
    private BsonMemberMap _idMemberMap;
    private BsonMemberMap _extraElementsMemberMap;
    private bool _ignoreExtraElements = true;
    private bool _ignoreExtraElementsIsInherited;
    private IDiscriminatorConvention _discriminatorConvention;
    private Func<object> _creator;

    public BsonClassMap(Type classType)
    {
        ArgumentNullException.ThrowIfNull(classType);
        ClassType = classType;
        ConventionPack = ConventionRegistry.Lookup(classType);
        IsAnonymous = classType.IsAnonymousType();
        AllMemberMaps = _allMemberMaps.AsReadOnly();
        Reset();
    }

    public BsonClassMap(Type classType, BsonClassMap baseClassMap) : this(classType) => _baseClassMap = baseClassMap;

    /// <summary>The members of the base classes and then of the class, after freezing.</summary>
    public ReadOnlyCollection<BsonMemberMap> AllMemberMaps { get; }

    public BsonClassMap BaseClassMap => _baseClassMap;

    public Type ClassType { get; }

    public IEnumerable<BsonCreatorMap> CreatorMaps => _creatorMaps;

    public IConventionPack ConventionPack { get; }

    public IEnumerable<BsonMemberMap> DeclaredMemberMaps => _declaredMemberMaps;

    public string Discriminator => _discriminator;

    public bool DiscriminatorIsRequired => _discriminatorIsRequired;

    public BsonMemberMap ExtraElementsMemberMap => _extraElementsMemberMap;

    public bool HasCreatorMaps => _creatorMaps.Count > 0;

    public bool HasRootClass => _hasRootClass;

    public BsonMemberMap IdMemberMap => _idMemberMap;

    public bool IgnoreExtraElements => _ignoreExtraElements;

    public bool IgnoreExtraElementsIsInherited => _ignoreExtraElementsIsInherited;

    public bool IsAnonymous { get; }

    public bool IsFrozen => _isFrozen;

    public bool IsRootClass => _isRootClass;

    public IEnumerable<Type> KnownTypes => _knownTypes;

    /// <summary>The names of all elements, after freezing.</summary>
    internal ElementNameTable ElementNames { get; private set; }

    /// <exception cref="NotSupportedException">Neither a field nor a property.</exception>
    public static Type GetMemberInfoType(MemberInfo memberInfo) => memberInfo switch
    {
        FieldInfo fieldInfo => fieldInfo.FieldType,
        PropertyInfo propertyInfo => propertyInfo.PropertyType,
        null => throw new ArgumentNullException(nameof(memberInfo)),
        _ => throw new NotSupportedException($"{memberInfo.Name} is neither a field nor a property."),
    };

    /// <summary>Maps the members by the conventions that hold for the class, and by its attributes.</summary>
    public void AutoMap()
    {
        ThrowIfFrozen();
        new ConventionRunner(ConventionPack).Apply(this);
        foreach (var memberMap in _declaredMemberMaps)
        {
            if (memberMap.ShouldSerializeMethod == null && FindShouldSerializeMethod(memberMap.MemberName) is { } method)
            {
                memberMap.SetShouldSerializeMethod(method);
            }
        }
    }

    /// <summary>An object whose members have the default values that were specified.</summary>
    public object CreateInstance()
    {
        if (!_isFrozen)
        {
            throw new InvalidOperationException($"The class map of {ClassType.FullName} is not frozen yet.");
        }
        var obj = GetCreator()();
        foreach (var memberMap in _allMemberMaps.Where(memberMap => memberMap.IsDefaultValueSpecified && !memberMap.IsReadOnly))
        {
            memberMap.ApplyDefaultValue(obj);
        }
        return obj;
    }

    public override bool Equals(object obj) =>
        ReferenceEquals(this, obj) || (obj is BsonClassMap other && GetType() == other.GetType() && ClassType == other.ClassType &&
            _discriminator == other._discriminator && _discriminatorIsRequired == other._discriminatorIsRequired && _isRootClass == other._isRootClass &&
            _ignoreExtraElements == other._ignoreExtraElements && _ignoreExtraElementsIsInherited == other._ignoreExtraElementsIsInherited &&
            Equals(_discriminatorConvention, other._discriminatorConvention) && Equals(_baseClassMap, other._baseClassMap) &&
            _knownTypes.SequenceEqual(other._knownTypes) && _creatorMaps.SequenceEqual(other._creatorMaps) &&
            _declaredMemberMaps.SequenceEqual(other._declaredMemberMaps));

    public override int GetHashCode() => ClassType.GetHashCode();

    public BsonMemberMap GetMemberMap(string memberName)
    {
        ArgumentNullException.ThrowIfNull(memberName);
        return _declaredMemberMaps.Find(memberMap => memberMap.MemberName == memberName);
    }

    /// <summary>The member of an element, of the base classes as well; null if there is none.</summary>
    public BsonMemberMap GetMemberMapForElement(string elementName)
    {
        ArgumentNullException.ThrowIfNull(elementName);
        if (!_isFrozen)
        {
            throw new InvalidOperationException($"The class map of {ClassType.FullName} is not frozen yet.");
        }
        var index = ElementNames.IndexOf(elementName);
        return index < 0 ? null : _allMemberMaps[index];
    }

    /// <summary>Forgets all members and settings.</summary>
    public void Reset()
    {
        ThrowIfFrozen();
        _creatorMaps.Clear();
        _creator = null;
        _declaredMemberMaps = [];
        _discriminator = BsonUtils.GetFriendlyTypeName(ClassType);
        _discriminatorIsRequired = false;
        _extraElementsMemberMap = null;
        _idMemberMap = null;
        _ignoreExtraElements = true;
        _ignoreExtraElementsIsInherited = false;
        _isRootClass = false;
        _knownTypes.Clear();
    }

    /// <summary>What <see cref="SetCreator"/> was called with; null if it was not.</summary>
    internal Func<object> CustomCreator { get; private set; }

    internal IDiscriminatorConvention GetDiscriminatorConvention()
    {
        if (_discriminatorConvention == null)
        {
            IDiscriminatorConvention convention = null;
            for (var classMap = this; classMap != null && convention == null; classMap = classMap._baseClassMap)
            {
                // A class under a root class has the discriminators of all levels.
                convention = classMap._discriminatorConvention ?? (classMap._isRootClass ? StandardDiscriminatorConvention.Hierarchical : null);
            }
            _discriminatorConvention = convention ?? BsonSerializer.LookupDiscriminatorConvention(ClassType);
        }
        return _discriminatorConvention;
    }

    private Func<object, bool> FindShouldSerializeMethod(string memberName)
    {
        var method = ClassType.GetMethod("ShouldSerialize" + memberName, Type.EmptyTypes);
        if (method is not { IsPublic: true } || method.ReturnType != typeof(bool))
        {
            return null;
        }
        var obj = System.Linq.Expressions.Expression.Parameter(typeof(object));
        var call = System.Linq.Expressions.Expression.Call(System.Linq.Expressions.Expression.Convert(obj, ClassType), method);
        return System.Linq.Expressions.Expression.Lambda<Func<object, bool>>(call, obj).Compile();
    }

    private Func<object> GetCreator()
    {
        if (_creator != null)
        {
            return _creator;
        }
        if (ClassType.IsAbstract)
        {
            throw new BsonSerializationException($"{ClassType.FullName} is abstract; the document does not say which subclass it is.");
        }
        var constructor = ClassType.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, Type.EmptyTypes);
        // Without a constructor for it, as with records, the object is made empty and its members are set.
        return _creator = constructor != null
            ? System.Linq.Expressions.Expression.Lambda<Func<object>>(System.Linq.Expressions.Expression.Convert(
                System.Linq.Expressions.Expression.New(constructor), typeof(object))).Compile()
            : () => System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(ClassType);
    }

    private void ThrowIfFrozen()
    {
        if (_isFrozen)
        {
            throw new InvalidOperationException($"The class map of {ClassType.FullName} is frozen.");
        }
    }
}
