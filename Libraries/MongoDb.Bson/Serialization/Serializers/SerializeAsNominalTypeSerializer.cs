namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Writes objects as if they were of a base type.</summary>
public sealed class SerializeAsNominalTypeSerializer<TActualType, TNominalType> : SerializerBase<TActualType> where TActualType : class, TNominalType
{
    private readonly SerializerReference<TNominalType> _nominalTypeSerializer;

    public SerializeAsNominalTypeSerializer() : this(BsonSerializer.SerializerRegistry) { }

    public SerializeAsNominalTypeSerializer(IBsonSerializer<TNominalType> nominalTypeSerializer) => _nominalTypeSerializer = new(nominalTypeSerializer);

    public SerializeAsNominalTypeSerializer(IBsonSerializerRegistry serializerRegistry) => _nominalTypeSerializer = new(serializerRegistry);

    public override bool Equals(object obj) => base.Equals(obj) &&
        _nominalTypeSerializer.Value.Equals(((SerializeAsNominalTypeSerializer<TActualType, TNominalType>)obj)._nominalTypeSerializer.Value);

    public override int GetHashCode() => GetType().GetHashCode();

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, TActualType value)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (value == null)
        {
            context.Writer.WriteNull();
            return;
        }
        args.NominalType = typeof(TNominalType);
        args.SerializeAsNominalType = true;
        _nominalTypeSerializer.Value.Serialize(context, args, value);
    }
}
