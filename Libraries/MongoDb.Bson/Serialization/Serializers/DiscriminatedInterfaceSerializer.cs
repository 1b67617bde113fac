using MongoDB.Bson.Serialization.Conventions;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes interfaces by the serializers of the classes that implement them.</summary>
public sealed class DiscriminatedInterfaceSerializer<TInterface> : SerializerBase<TInterface>, IBsonDocumentSerializer, IDiscriminatedInterfaceSerializer
{
    private readonly IDiscriminatorConvention _discriminatorConvention;
    private readonly IBsonSerializer<object> _objectSerializer;

    public DiscriminatedInterfaceSerializer() : this(BsonSerializer.LookupDiscriminatorConvention(typeof(TInterface))) { }

    public DiscriminatedInterfaceSerializer(IDiscriminatorConvention discriminatorConvention)
        : this(discriminatorConvention, CreateInterfaceSerializer()) { }

    public DiscriminatedInterfaceSerializer(IDiscriminatorConvention discriminatorConvention, IBsonSerializer<TInterface> interfaceSerializer)
        : this(discriminatorConvention, interfaceSerializer, CreateObjectSerializer(discriminatorConvention)) { }

    public DiscriminatedInterfaceSerializer(
        IDiscriminatorConvention discriminatorConvention, IBsonSerializer<TInterface> interfaceSerializer, IBsonSerializer<object> objectSerializer)
    {
        if (!typeof(TInterface).IsInterface)
        {
            throw new NotSupportedException($"{typeof(TInterface).FullName} is not an interface.");
        }
        _discriminatorConvention = discriminatorConvention;
        _objectSerializer = objectSerializer;
        InterfaceSerializer = interfaceSerializer;
    }

    /// <summary>Where the members of the interface are, for queries.</summary>
    public IBsonSerializer<TInterface> InterfaceSerializer { get; }

    IBsonSerializer IDiscriminatedInterfaceSerializer.InterfaceSerializer => InterfaceSerializer;

    public override TInterface Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Reader.GetCurrentBsonType() == BsonType.Null)
        {
            context.Reader.ReadNull();
            return default;
        }
        var actualType = _discriminatorConvention.GetActualType(context.Reader, typeof(TInterface));
        return actualType == typeof(TInterface)
            ? throw new FormatException($"The document does not say which implementation of {typeof(TInterface).FullName} it is.")
            : (TInterface)BsonSerializer.LookupSerializer(actualType).Deserialize(context, args);
    }

    public override bool Equals(object obj) =>
        base.Equals(obj) && _discriminatorConvention.Equals(((DiscriminatedInterfaceSerializer<TInterface>)obj)._discriminatorConvention);

    public override int GetHashCode() => GetType().GetHashCode();

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, TInterface value)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (value == null)
        {
            context.Writer.WriteNull();
            return;
        }
        _objectSerializer.Serialize(context, new BsonSerializationArgs(typeof(object), serializeAsNominalType: false, args.SerializeIdFirst), value);
    }

    public bool TryGetMemberSerializationInfo(string memberName, out BsonSerializationInfo serializationInfo)
    {
        serializationInfo = null;
        return InterfaceSerializer is IBsonDocumentSerializer documentSerializer &&
            documentSerializer.TryGetMemberSerializationInfo(memberName, out serializationInfo);
    }

    private static ObjectSerializer CreateObjectSerializer(IDiscriminatorConvention convention) =>
        new ObjectSerializer(convention, ObjectSerializer.AllAllowedTypes);

    private static BsonClassMapSerializer<TInterface> CreateInterfaceSerializer()
    {
        var classMap = new BsonClassMap<TInterface>();
        classMap.AutoMap();
        classMap.Freeze();
        return new BsonClassMapSerializer<TInterface>(classMap);
    }
}
