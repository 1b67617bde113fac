using MongoDB.Bson.Serialization.Conventions;
using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.Serialization;

/// <summary>Serializes objects by a class map.</summary>
public sealed class BsonClassMapSerializer<TClass> : SerializerBase<TClass>, IBsonIdProvider, IBsonDocumentSerializer, IBsonPolymorphicSerializer, IHasDiscriminatorConvention
{
    private readonly BsonClassMap _classMap;
    private ClassCodec<TClass> _codec;

    /// <exception cref="ArgumentException">The class map is for another class or not frozen.</exception>
    public BsonClassMapSerializer(BsonClassMap classMap)
    {
        ArgumentNullException.ThrowIfNull(classMap);
        if (classMap.ClassType != typeof(TClass) || !classMap.IsFrozen)
        {
            throw new ArgumentException($"The class map must be for {typeof(TClass).FullName}, and frozen.", nameof(classMap));
        }
        _classMap = classMap;
    }

    public IDiscriminatorConvention DiscriminatorConvention => _classMap.GetDiscriminatorConvention();

    public bool IsDiscriminatorCompatibleWithObjectSerializer => true;

    private ClassCodec<TClass> Codec => _codec ??= new ClassCodec<TClass>(_classMap);

    public override TClass Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        if (reader.GetCurrentBsonType() == BsonType.Null)
        {
            if (typeof(TClass).IsValueType && Nullable.GetUnderlyingType(typeof(TClass)) == null)
            {
                throw CreateCannotDeserializeFromBsonTypeException(BsonType.Null);
            }
            reader.ReadNull();
            return default;
        }
        // Most classes have no subclasses: then there is no discriminator to look for.
        if (!Codec.MayBeSubclass)
        {
            return Codec.Read(context);
        }
        var actualType = DiscriminatorConvention.GetActualType(reader, args.NominalType ?? typeof(TClass));
        return actualType == typeof(TClass) ? Codec.Read(context) : (TClass)BsonSerializer.LookupSerializer(actualType).Deserialize(context);
    }

    /// <summary>Reads an object that is known to be of this class.</summary>
    public TClass DeserializeClass(BsonDeserializationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Codec.Read(context);
    }

    public override bool Equals(object obj) => base.Equals(obj) && _classMap.Equals(((BsonClassMapSerializer<TClass>)obj)._classMap);

    public override int GetHashCode() => HashCode.Combine(GetType(), _classMap);

    public bool GetDocumentId(object document, out object id, out Type idNominalType, out IIdGenerator idGenerator)
    {
        var memberMap = _classMap.IdMemberMap;
        (id, idNominalType, idGenerator) = memberMap == null ? default : (memberMap.Getter(document), memberMap.MemberType, memberMap.IdGenerator);
        return memberMap != null;
    }

    public void SetDocumentId(object document, object id)
    {
        var memberMap = _classMap.IdMemberMap ?? throw new InvalidOperationException($"{typeof(TClass).FullName} has no id.");
        if (document?.GetType().IsValueType == true)
        {
            throw new BsonSerializationException($"{typeof(TClass).FullName} is a structure, whose id cannot be set from outside.");
        }
        memberMap.Setter(document, id);
    }

    public bool TryGetMemberSerializationInfo(string memberName, out BsonSerializationInfo serializationInfo)
    {
        foreach (var memberMap in _classMap.AllMemberMaps)
        {
            if (memberMap.MemberName == memberName)
            {
                var serializer = memberMap.GetSerializer();
                serializationInfo = new BsonSerializationInfo(memberMap.ElementName, serializer, serializer.ValueType);
                return true;
            }
        }
        serializationInfo = null;
        return false;
    }

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, TClass value)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (value == null)
        {
            context.Writer.WriteNull();
            return;
        }
        var actualType = value.GetType();
        if (actualType == typeof(TClass) || args.SerializeAsNominalType)
        {
            Codec.Write(context, args, value);
            return;
        }
        BsonSerializer.LookupSerializer(actualType).Serialize(context, args, value);
    }
}
