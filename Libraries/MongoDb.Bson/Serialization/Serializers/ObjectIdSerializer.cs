namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="ObjectId"/>.</summary>
public sealed class ObjectIdSerializer : StructSerializerBase<ObjectId>, IRepresentationConfigurable<ObjectIdSerializer>
{
    public ObjectIdSerializer() : this(BsonType.ObjectId) { }

    /// <exception cref="ArgumentException">The representation cannot hold such a value.</exception>
    public ObjectIdSerializer(BsonType representation) =>
        Representation = representation is BsonType.ObjectId or BsonType.String ? representation : throw UnsupportedRepresentation(representation);

    public static ObjectIdSerializer Instance { get; } = new();

    public BsonType Representation { get; }

    public override ObjectId Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        var bsonType = reader.GetCurrentBsonType();
        return bsonType switch
        {
            BsonType.ObjectId => reader.ReadObjectId(),
            BsonType.String => ObjectId.Parse(reader.ReadString()),
            _ => throw CreateCannotDeserializeFromBsonTypeException(bsonType),
        };
    }

    public override bool Equals(object obj) => base.Equals(obj) && Representation == ((ObjectIdSerializer)obj).Representation;

    public override int GetHashCode() => HashCode.Combine(GetType(), Representation);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, ObjectId value)
    {
        ArgumentNullException.ThrowIfNull(context);
        var writer = context.Writer;
        switch (Representation)
        {
            case BsonType.String:
                writer.WriteString(value.ToString());
                break;
            default:
                writer.WriteObjectId(value);
                break;
        }
    }

    public ObjectIdSerializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new ObjectIdSerializer(representation);

    IBsonSerializer IRepresentationConfigurable.WithRepresentation(BsonType representation) => WithRepresentation(representation);
}
