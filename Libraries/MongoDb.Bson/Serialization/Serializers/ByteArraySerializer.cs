namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes arrays of bytes.</summary>
public sealed class ByteArraySerializer : SealedClassSerializerBase<byte[]>, IRepresentationConfigurable<ByteArraySerializer>
{
    public ByteArraySerializer() : this(BsonType.Binary) { }

    /// <exception cref="ArgumentException">The representation cannot hold such a value.</exception>
    public ByteArraySerializer(BsonType representation) =>
        Representation = representation is BsonType.Binary or BsonType.String ? representation : throw UnsupportedRepresentation(representation);

    public static ByteArraySerializer Instance { get; } = new();

    public BsonType Representation { get; }

    protected override byte[] DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        var reader = context.Reader;
        var bsonType = reader.GetCurrentBsonType();
        return bsonType switch
        {
            BsonType.Binary => reader.ReadBytes(),
            BsonType.String => BsonUtils.ParseHexString(reader.ReadString()),
            _ => throw CreateCannotDeserializeFromBsonTypeException(bsonType),
        };
    }

    public override bool Equals(object obj) => base.Equals(obj) && Representation == ((ByteArraySerializer)obj).Representation;

    public override int GetHashCode() => HashCode.Combine(GetType(), Representation);

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, byte[] value)
    {
        var writer = context.Writer;
        switch (Representation)
        {
            case BsonType.String:
                writer.WriteString(BsonUtils.ToHexString(value));
                break;
            default:
                writer.WriteBytes(value);
                break;
        }
    }

    public ByteArraySerializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new ByteArraySerializer(representation);

    IBsonSerializer IRepresentationConfigurable.WithRepresentation(BsonType representation) => WithRepresentation(representation);
}
