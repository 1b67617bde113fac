namespace MongoDB.Bson.Serialization;

/// <content>The class maps of the process, and how one is frozen.</content>
public partial class BsonClassMap
{
    public static IEnumerable<BsonClassMap> GetRegisteredClassMaps() => [.. ClassMaps.Values];

    public static bool IsClassMapRegistered(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return ClassMaps.ContainsKey(type);
    }

    /// <summary>The frozen class map of a type, which is made by the conventions if none was registered.</summary>
    public static BsonClassMap LookupClassMap(Type classType)
    {
        ArgumentNullException.ThrowIfNull(classType);
        if (ClassMaps.TryGetValue(classType, out var classMap) && classMap._isFrozen)
        {
            return classMap;
        }
        lock (BsonSerializer.ConfigurationLock)
        {
            if (!ClassMaps.TryGetValue(classType, out classMap))
            {
                classMap = (BsonClassMap)Activator.CreateInstance(typeof(BsonClassMap<>).MakeGenericType(classType));
                classMap.AutoMap();
                RegisterClassMap(classMap);
            }
            return classMap.Freeze();
        }
    }

    public static BsonClassMap<TClass> RegisterClassMap<TClass>() => RegisterClassMap<TClass>(classMap => classMap.AutoMap());

    public static BsonClassMap<TClass> RegisterClassMap<TClass>(Action<BsonClassMap<TClass>> classMapInitializer)
    {
        var classMap = new BsonClassMap<TClass>(classMapInitializer);
        RegisterClassMap(classMap);
        return classMap;
    }

    /// <exception cref="ArgumentException">There is one for the type already.</exception>
    public static void RegisterClassMap(BsonClassMap classMap)
    {
        ArgumentNullException.ThrowIfNull(classMap);
        if (!TryRegister(classMap))
        {
            throw new ArgumentException($"There is a class map for {classMap.ClassType.FullName} already.", nameof(classMap));
        }
    }

    public static bool TryRegisterClassMap<TClass>() => TryRegisterClassMap<TClass>(classMap => classMap.AutoMap());

    public static bool TryRegisterClassMap<TClass>(BsonClassMap<TClass> classMap)
    {
        ArgumentNullException.ThrowIfNull(classMap);
        return TryRegister(classMap);
    }

    public static bool TryRegisterClassMap<TClass>(Action<BsonClassMap<TClass>> classMapInitializer)
    {
        ArgumentNullException.ThrowIfNull(classMapInitializer);
        return TryRegisterClassMap(() => new BsonClassMap<TClass>(classMapInitializer));
    }

    public static bool TryRegisterClassMap<TClass>(Func<BsonClassMap<TClass>> classMapFactory)
    {
        ArgumentNullException.ThrowIfNull(classMapFactory);
        lock (BsonSerializer.ConfigurationLock)
        {
            return !ClassMaps.ContainsKey(typeof(TClass)) && TryRegister(classMapFactory());
        }
    }

    /// <exception cref="BsonSerializationException">Two members have one element.</exception>
    public BsonClassMap Freeze()
    {
        if (_isFrozen)
        {
            return this;
        }
        lock (BsonSerializer.ConfigurationLock)
        {
            if (_isFrozen)
            {
                return this;
            }
            _freezeDepth++;
            try
            {
                InheritFromBaseClass();
                _declaredMemberMaps = [.. _declaredMemberMaps.OrderBy(memberMap => memberMap.Order)];
                _allMemberMaps.AddRange(_declaredMemberMaps);
                if (_idMemberMap?.ClassMap == this)
                {
                    _idMemberMap.SetElementName("_id");
                }
                RequireDistinctElements();
                ElementNames = new IO.ElementNameTable(_allMemberMaps.Select(memberMap => memberMap.ElementName));
                _creatorMaps.ForEach(creatorMap => creatorMap.Freeze());
                _declaredMemberMaps.ForEach(memberMap => memberMap.Freeze());
                _isFrozen = true;
                MapKnownTypes();
            }
            finally
            {
                _freezeDepth--;
            }
        }
        return this;
    }

    private static bool TryRegister(BsonClassMap classMap)
    {
        lock (BsonSerializer.ConfigurationLock)
        {
            if (!ClassMaps.TryAdd(classMap.ClassType, classMap))
            {
                return false;
            }
            // Interfaces and object have no discriminators of their own.
            if (!classMap.ClassType.IsInterface)
            {
                BsonSerializer.RegisterDiscriminator(classMap.ClassType, classMap.Discriminator);
            }
            return true;
        }
    }

    private void InheritFromBaseClass()
    {
        if (ClassType.BaseType == null)
        {
            _hasRootClass |= _isRootClass;
            return;
        }
        _baseClassMap ??= LookupClassMap(ClassType.BaseType);
        _baseClassMap.Freeze();
        _discriminatorIsRequired |= _baseClassMap._discriminatorIsRequired;
        _hasRootClass |= _isRootClass || _baseClassMap._hasRootClass;
        _allMemberMaps.AddRange(_baseClassMap._allMemberMaps);
        _idMemberMap ??= _baseClassMap._idMemberMap;
        _extraElementsMemberMap ??= _baseClassMap._extraElementsMemberMap;
        if (_baseClassMap._ignoreExtraElements && _baseClassMap._ignoreExtraElementsIsInherited)
        {
            _ignoreExtraElements = _ignoreExtraElementsIsInherited = true;
        }
    }

    private void RequireDistinctElements()
    {
        var byElement = new Dictionary<string, BsonMemberMap>(StringComparer.Ordinal);
        foreach (var memberMap in _allMemberMaps)
        {
            if (!byElement.TryAdd(memberMap.ElementName, memberMap))
            {
                var other = byElement[memberMap.ElementName].MemberInfo;
                throw new BsonSerializationException(
                    $"{memberMap.MemberName} of {ClassType.FullName} and {other.Name} of {other.DeclaringType?.FullName} have the same element '{memberMap.ElementName}'.");
            }
        }
    }

    // Known types are mapped after the outermost freezing, since they lead back to their base classes.
    private void MapKnownTypes()
    {
        _knownTypes.ForEach(KnownTypesToMap.Enqueue);
        if (_freezeDepth == 1)
        {
            while (KnownTypesToMap.TryDequeue(out var knownType))
            {
                LookupClassMap(knownType);
            }
        }
    }
}
