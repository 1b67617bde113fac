using System.Linq.Expressions;
using System.Reflection;
using MongoDB.Bson.Serialization.Conventions;

namespace MongoDB.Bson.Serialization;

/// <content>Changes before the freezing.</content>
public partial class BsonClassMap
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public BsonCreatorMap MapConstructor(ConstructorInfo constructorInfo)
    {
        ArgumentNullException.ThrowIfNull(constructorInfo);
        return MapCreator(constructorInfo, parameters => Expression.New(constructorInfo, parameters));
    }

    public BsonCreatorMap MapConstructor(ConstructorInfo constructorInfo, params string[] argumentNames) =>
        MapConstructor(constructorInfo).SetArguments(argumentNames);

    public BsonCreatorMap MapCreator(Delegate @delegate)
    {
        ArgumentNullException.ThrowIfNull(@delegate);
        return AddCreator(new BsonCreatorMap(this, null, @delegate));
    }

    public BsonCreatorMap MapCreator(Delegate @delegate, params string[] argumentNames) => MapCreator(@delegate).SetArguments(argumentNames);

    public BsonCreatorMap MapFactoryMethod(MethodInfo methodInfo)
    {
        ArgumentNullException.ThrowIfNull(methodInfo);
        return MapCreator(methodInfo, parameters => Expression.Call(methodInfo, parameters));
    }

    public BsonCreatorMap MapFactoryMethod(MethodInfo methodInfo, params string[] argumentNames) => MapFactoryMethod(methodInfo).SetArguments(argumentNames);

    public BsonMemberMap MapExtraElementsField(string fieldName) => AsExtraElements(MapField(fieldName));

    public BsonMemberMap MapExtraElementsMember(MemberInfo memberInfo) => AsExtraElements(MapMember(memberInfo));

    public BsonMemberMap MapExtraElementsProperty(string propertyName) => AsExtraElements(MapProperty(propertyName));

    public BsonMemberMap MapField(string fieldName) => MapMember(FindField(fieldName));

    public BsonMemberMap MapIdField(string fieldName) => AsId(MapField(fieldName));

    public BsonMemberMap MapIdMember(MemberInfo memberInfo) => AsId(MapMember(memberInfo));

    public BsonMemberMap MapIdProperty(string propertyName) => AsId(MapProperty(propertyName));

    /// <exception cref="ArgumentException">The member is not declared in this class.</exception>
    public BsonMemberMap MapMember(MemberInfo memberInfo)
    {
        ArgumentNullException.ThrowIfNull(memberInfo);
        ThrowIfFrozen();
        if (memberInfo.DeclaringType != ClassType)
        {
            throw new ArgumentException($"{memberInfo.Name} is declared in {memberInfo.DeclaringType?.FullName}, not in {ClassType.FullName}.", nameof(memberInfo));
        }
        var memberMap = _declaredMemberMaps.Find(map => map.MemberInfo == memberInfo);
        if (memberMap == null)
        {
            memberMap = new BsonMemberMap(this, memberInfo);
            _declaredMemberMaps.Add(memberMap);
        }
        return memberMap;
    }

    public BsonMemberMap MapProperty(string propertyName) => MapMember(FindProperty(propertyName));

    /// <summary>Makes objects in place of the constructor without parameters.</summary>
    public BsonClassMap SetCreator(Func<object> creator)
    {
        ThrowIfFrozen();
        _creator = CustomCreator = creator;
        return this;
    }

    public void SetDiscriminator(string discriminator)
    {
        ArgumentNullException.ThrowIfNull(discriminator);
        ThrowIfFrozen();
        _discriminator = discriminator;
    }

    public void SetDiscriminatorConvention(IDiscriminatorConvention discriminatorConvention)
    {
        ArgumentNullException.ThrowIfNull(discriminatorConvention);
        ThrowIfFrozen();
        _discriminatorConvention = discriminatorConvention;
    }

    public void SetDiscriminatorIsRequired(bool discriminatorIsRequired)
    {
        ThrowIfFrozen();
        _discriminatorIsRequired = discriminatorIsRequired;
    }

    public void SetExtraElementsMember(BsonMemberMap memberMap)
    {
        ThrowIfFrozen();
        RequireOwn(memberMap);
        if (memberMap != null && memberMap.MemberType != typeof(BsonDocument) && !typeof(IDictionary<string, object>).IsAssignableFrom(memberMap.MemberType))
        {
            throw new InvalidOperationException($"{memberMap.MemberName} must be a BsonDocument or an IDictionary<string, object> to take extra elements.");
        }
        _extraElementsMemberMap = memberMap;
    }

    public void AddKnownType(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        ThrowIfFrozen();
        if (!ClassType.IsAssignableFrom(type))
        {
            throw new ArgumentException($"{type.FullName} is not a subclass of {ClassType.FullName}.", nameof(type));
        }
        _knownTypes.Add(type);
    }

    public void SetIdMember(BsonMemberMap memberMap)
    {
        ThrowIfFrozen();
        RequireOwn(memberMap);
        _idMemberMap = memberMap;
    }

    public void SetIgnoreExtraElements(bool ignoreExtraElements)
    {
        ThrowIfFrozen();
        _ignoreExtraElements = ignoreExtraElements;
    }

    public void SetIgnoreExtraElementsIsInherited(bool ignoreExtraElementsIsInherited)
    {
        ThrowIfFrozen();
        _ignoreExtraElementsIsInherited = ignoreExtraElementsIsInherited;
    }

    public void SetIsRootClass(bool isRootClass)
    {
        ThrowIfFrozen();
        _isRootClass = isRootClass;
    }

    public void UnmapConstructor(ConstructorInfo constructorInfo) => UnmapCreator(constructorInfo);

    public void UnmapFactoryMethod(MethodInfo methodInfo) => UnmapCreator(methodInfo);

    public void UnmapField(string fieldName) => UnmapMember(FindField(fieldName));

    public void UnmapMember(MemberInfo memberInfo)
    {
        ArgumentNullException.ThrowIfNull(memberInfo);
        ThrowIfFrozen();
        var memberMap = _declaredMemberMaps.Find(map => map.MemberInfo == memberInfo);
        if (memberMap == null)
        {
            return;
        }
        _declaredMemberMaps.Remove(memberMap);
        _idMemberMap = _idMemberMap == memberMap ? null : _idMemberMap;
        _extraElementsMemberMap = _extraElementsMemberMap == memberMap ? null : _extraElementsMemberMap;
    }

    public void UnmapProperty(string propertyName) => UnmapMember(FindProperty(propertyName));

    private FieldInfo FindField(string name) => ClassType.GetField(name, Declared) ??
        throw new BsonSerializationException($"{ClassType.FullName} does not declare a field {name}.");

    private PropertyInfo FindProperty(string name) => ClassType.GetProperty(name, Declared) ??
        throw new BsonSerializationException($"{ClassType.FullName} does not declare a property {name}.");

    private BsonMemberMap AsExtraElements(BsonMemberMap memberMap)
    {
        SetExtraElementsMember(memberMap);
        return memberMap;
    }

    private BsonMemberMap AsId(BsonMemberMap memberMap)
    {
        SetIdMember(memberMap);
        return memberMap;
    }

    private void RequireOwn(BsonMemberMap memberMap)
    {
        if (memberMap != null && memberMap.ClassMap != this)
        {
            throw new ArgumentException($"The map of {memberMap.MemberName} belongs to another class map.", nameof(memberMap));
        }
    }

    private BsonCreatorMap MapCreator(MethodBase method, Func<ParameterExpression[], Expression> create)
    {
        ThrowIfFrozen();
        if (_creatorMaps.Find(map => map.MemberInfo == method) is { } existing)
        {
            return existing;
        }
        var parameters = method.GetParameters().Select(parameter => Expression.Parameter(parameter.ParameterType, parameter.Name)).ToArray();
        return AddCreator(new BsonCreatorMap(this, method, Expression.Lambda(create(parameters), parameters).Compile()));
    }

    private BsonCreatorMap AddCreator(BsonCreatorMap creatorMap)
    {
        ThrowIfFrozen();
        _creatorMaps.Add(creatorMap);
        return creatorMap;
    }

    private void UnmapCreator(MethodBase method)
    {
        ArgumentNullException.ThrowIfNull(method);
        ThrowIfFrozen();
        _creatorMaps.RemoveAll(map => map.MemberInfo == method);
    }
}
