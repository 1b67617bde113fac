using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes an interface by the serializer of one class that implements it.</summary>
public sealed class ImpliedImplementationInterfaceSerializer<TInterface, TImplementation> :
    SerializerBase<TInterface>, IBsonArraySerializer, IBsonDictionarySerializer, IBsonDocumentSerializer, IChildSerializerConfigurable,
    IImpliedImplementationInterfaceSerializer
    where TImplementation : class, TInterface
{
    private readonly SerializerReference<TImplementation> _implementationSerializer;

    public ImpliedImplementationInterfaceSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public ImpliedImplementationInterfaceSerializer(IBsonSerializer<TImplementation> implementationSerializer) =>
        _implementationSerializer = new(implementationSerializer);

    public ImpliedImplementationInterfaceSerializer(IBsonSerializerRegistry serializerRegistry) =>
        _implementationSerializer = new(serializerRegistry);

    public IBsonSerializer<TImplementation> ImplementationSerializer => _implementationSerializer.Value;

    public DictionaryRepresentation DictionaryRepresentation => Dictionary.DictionaryRepresentation;

    public IBsonSerializer KeySerializer => Dictionary.KeySerializer;

    public IBsonSerializer ValueSerializer => Dictionary.ValueSerializer;

    IBsonSerializer IImpliedImplementationInterfaceSerializer.ImplementationSerializer => ImplementationSerializer;

    IBsonSerializer IChildSerializerConfigurable.ChildSerializer => ImplementationSerializer;

    private IBsonDictionarySerializer Dictionary => ImplementationSerializer as IBsonDictionarySerializer ??
        throw new NotSupportedException($"{typeof(TImplementation).FullName} is not serialized as a dictionary.");

    public override TInterface Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Reader.GetCurrentBsonType() == BsonType.Null)
        {
            context.Reader.ReadNull();
            return default;
        }
        return ImplementationSerializer.Deserialize(context);
    }

    public override bool Equals(object obj) => base.Equals(obj) &&
        ImplementationSerializer.Equals(((ImpliedImplementationInterfaceSerializer<TInterface, TImplementation>)obj).ImplementationSerializer);

    public override int GetHashCode() => GetType().GetHashCode();

    /// <summary>Values of other classes are written by the serializers of those.</summary>
    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, TInterface value)
    {
        ArgumentNullException.ThrowIfNull(context);
        switch (value)
        {
            case null:
                context.Writer.WriteNull();
                break;
            case TImplementation implementation when value.GetType() == typeof(TImplementation):
                ImplementationSerializer.Serialize(context, implementation);
                break;
            default:
                SerializeOther(context, value);
                break;
        }
    }

    public bool TryGetItemSerializationInfo(out BsonSerializationInfo serializationInfo)
    {
        serializationInfo = null;
        return ImplementationSerializer is IBsonArraySerializer array && array.TryGetItemSerializationInfo(out serializationInfo);
    }

    public bool TryGetMemberSerializationInfo(string memberName, out BsonSerializationInfo serializationInfo)
    {
        serializationInfo = null;
        return ImplementationSerializer is IBsonDocumentSerializer document && document.TryGetMemberSerializationInfo(memberName, out serializationInfo);
    }

    public ImpliedImplementationInterfaceSerializer<TInterface, TImplementation> WithImplementationSerializer(
        IBsonSerializer<TImplementation> implementationSerializer) =>
        ReferenceEquals(ImplementationSerializer, implementationSerializer) ? this : new(implementationSerializer);

    IBsonSerializer IChildSerializerConfigurable.WithChildSerializer(IBsonSerializer childSerializer) =>
        WithImplementationSerializer((IBsonSerializer<TImplementation>)childSerializer);

    private void SerializeOther(BsonSerializationContext context, TInterface value)
    {
        var serializer = BsonSerializer.LookupSerializer(value.GetType());
        // The representation that was chosen for the interface holds for every class that implements it.
        if (ImplementationSerializer is IBsonDictionarySerializer chosen && serializer is IDictionaryRepresentationConfigurable configurable)
        {
            serializer = configurable.WithDictionaryRepresentation(chosen.DictionaryRepresentation);
        }
        serializer.Serialize(context, value);
    }
}
