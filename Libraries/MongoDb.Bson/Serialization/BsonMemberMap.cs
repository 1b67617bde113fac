using System.Reflection;
using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.Serialization;

/// <summary>How a field or property of a class is stored.</summary>
public class BsonMemberMap
{
    private static readonly Dictionary<Type, object> DefaultValues = [];

    private string _elementName;
    private int _order = int.MaxValue;
    private IBsonSerializer _serializer;
    private IIdGenerator _idGenerator;
    private bool _isRequired;
    private bool _ignoreIfDefault;
    private bool _ignoreIfNull;
    private Func<object, bool> _shouldSerializeMethod;
    private Func<object> _defaultValueCreator;
    private object _defaultValue;
    private bool _isFrozen;

    public BsonMemberMap(BsonClassMap classMap, MemberInfo memberInfo)
    {
        ArgumentNullException.ThrowIfNull(memberInfo);
        ClassMap = classMap;
        MemberInfo = memberInfo;
        MemberType = BsonClassMap.GetMemberInfoType(memberInfo);
        Reset();
    }

    public BsonClassMap ClassMap { get; }

    public string MemberName => MemberInfo.Name;

    public Type MemberType { get; }

    public bool MemberTypeIsBsonValue => typeof(BsonValue).IsAssignableFrom(MemberType);

    public string ElementName => _elementName;

    /// <summary>Elements are written in ascending order of this.</summary>
    public int Order => _order;

    public MemberInfo MemberInfo { get; }

    public Func<object, object> Getter => field ??= MemberAccessCompiler.CompileGetter(MemberInfo);

    /// <exception cref="BsonSerializationException">The member cannot be set.</exception>
    public Action<object, object> Setter => field ??= IsReadOnly
        ? throw new BsonSerializationException($"{MemberName} of {MemberInfo.DeclaringType?.FullName} has no setter.")
        : MemberAccessCompiler.CompileSetter(MemberInfo);

    public IIdGenerator IdGenerator => _idGenerator;

    public bool IsDefaultValueSpecified { get; private set; }

    public bool IsRequired => _isRequired;

    public Func<object, bool> ShouldSerializeMethod => _shouldSerializeMethod;

    public bool IgnoreIfDefault => _ignoreIfDefault;

    public bool IgnoreIfNull => _ignoreIfNull;

    public object DefaultValue => _defaultValueCreator != null ? _defaultValueCreator() : _defaultValue;

    public bool IsReadOnly => MemberInfo switch
    {
        FieldInfo fieldInfo => fieldInfo.IsInitOnly || fieldInfo.IsLiteral,
        PropertyInfo propertyInfo => !propertyInfo.CanWrite,
        _ => true,
    };

    public void ApplyDefaultValue(object obj) => Setter(obj, DefaultValue);

    public void Freeze() => _isFrozen = true;

    public override bool Equals(object obj) =>
        obj is BsonMemberMap other && GetType() == other.GetType() && MemberInfo == other.MemberInfo && _elementName == other._elementName &&
        _order == other._order && _isRequired == other._isRequired && _ignoreIfDefault == other._ignoreIfDefault && _ignoreIfNull == other._ignoreIfNull &&
        IsDefaultValueSpecified == other.IsDefaultValueSpecified && Equals(DefaultValue, other.DefaultValue) && Equals(_serializer, other._serializer) &&
        Equals(_idGenerator, other._idGenerator) && Equals(_shouldSerializeMethod, other._shouldSerializeMethod);

    public override int GetHashCode() => HashCode.Combine(MemberInfo, _elementName);

    public IBsonSerializer GetSerializer()
    {
        // It is looked up when it is first needed, since a class may contain itself.
        return _serializer ??= MemberTypeIsBsonValue ? CreateBsonValueSerializer() : BsonSerializer.LookupSerializer(MemberType);
    }

    /// <summary>Goes back to what the member has before conventions and attributes.</summary>
    public BsonMemberMap Reset()
    {
        ThrowIfFrozen();
        _defaultValueCreator = null;
        _defaultValue = DefaultOf(MemberType);
        IsDefaultValueSpecified = false;
        _elementName = MemberInfo.Name;
        _idGenerator = null;
        _ignoreIfDefault = _ignoreIfNull = _isRequired = false;
        _order = int.MaxValue;
        _serializer = null;
        _shouldSerializeMethod = null;
        return this;
    }

    public BsonMemberMap SetDefaultValue(Func<object> defaultValueCreator)
    {
        ArgumentNullException.ThrowIfNull(defaultValueCreator);
        ThrowIfFrozen();
        _defaultValueCreator = defaultValueCreator;
        _defaultValue = defaultValueCreator();
        IsDefaultValueSpecified = true;
        return this;
    }

    public BsonMemberMap SetDefaultValue(object defaultValue)
    {
        ThrowIfFrozen();
        _defaultValueCreator = null;
        _defaultValue = defaultValue;
        IsDefaultValueSpecified = true;
        return this;
    }

    public BsonMemberMap SetElementName(string elementName)
    {
        ArgumentNullException.ThrowIfNull(elementName);
        return elementName.Contains('\0', StringComparison.Ordinal)
            ? throw new ArgumentException("The name of an element must not have NUL characters.", nameof(elementName))
            : Set(ref _elementName, elementName);
    }

    public BsonMemberMap SetIdGenerator(IIdGenerator idGenerator) => Set(ref _idGenerator, idGenerator);

    public BsonMemberMap SetIgnoreIfDefault(bool ignoreIfDefault) => Set(ref _ignoreIfDefault, ignoreIfDefault);

    public BsonMemberMap SetIgnoreIfNull(bool ignoreIfNull) => Set(ref _ignoreIfNull, ignoreIfNull);

    public BsonMemberMap SetIsRequired(bool isRequired) => Set(ref _isRequired, isRequired);

    public BsonMemberMap SetOrder(int order) => Set(ref _order, order);

    /// <exception cref="ArgumentException">The serializer is for another type.</exception>
    public BsonMemberMap SetSerializer(IBsonSerializer serializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        return serializer.ValueType == MemberType ? Set(ref _serializer, serializer)
            : throw new ArgumentException(
                $"A serializer for {BsonUtils.GetFriendlyTypeName(serializer.ValueType)} cannot serialize {MemberName}, which is a {BsonUtils.GetFriendlyTypeName(MemberType)}.",
                nameof(serializer));
    }

    public BsonMemberMap SetShouldSerializeMethod(Func<object, bool> shouldSerializeMethod) => Set(ref _shouldSerializeMethod, shouldSerializeMethod);

    public bool ShouldSerialize(object obj, object value) =>
        !(_ignoreIfNull && value == null) && !(_ignoreIfDefault && Equals(DefaultValue, value)) &&
        (_shouldSerializeMethod == null || _shouldSerializeMethod(obj));

    private static object DefaultOf(Type type)
    {
        if (!type.IsValueType)
        {
            return null;
        }
        lock (DefaultValues)
        {
            if (!DefaultValues.TryGetValue(type, out var value))
            {
                DefaultValues[type] = value = type.ContainsGenericParameters ? null : System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
            }
            return Nullable.GetUnderlyingType(type) != null ? null : value;
        }
    }

    private IBsonSerializer CreateBsonValueSerializer()
    {
        var wrapped = BsonSerializer.LookupSerializer(MemberType);
        var isArray = wrapped is IBsonArraySerializer;
        var isDocument = wrapped is IBsonDocumentSerializer;
        var definition = (isArray, isDocument) switch
        {
            (true, true) => typeof(BsonValueCSharpNullArrayAndDocumentSerializer<>),
            (true, false) => typeof(BsonValueCSharpNullArraySerializer<>),
            (false, true) => typeof(BsonValueCSharpNullDocumentSerializer<>),
            _ => typeof(BsonValueCSharpNullSerializer<>),
        };
        return (IBsonSerializer)Activator.CreateInstance(definition.MakeGenericType(MemberType), wrapped);
    }

    private BsonMemberMap Set<T>(ref T target, T value)
    {
        ThrowIfFrozen();
        target = value;
        return this;
    }

    private void ThrowIfFrozen()
    {
        if (_isFrozen)
        {
            throw new InvalidOperationException($"The map of {MemberName} is frozen.");
        }
    }
}
