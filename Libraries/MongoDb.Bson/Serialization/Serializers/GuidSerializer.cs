namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="Guid"/>.</summary>
public sealed class GuidSerializer : StructSerializerBase<Guid>, IRepresentationConfigurable<GuidSerializer>
{
    public GuidSerializer() : this(BsonType.Binary) { }

    /// <exception cref="ArgumentException">Neither binary data nor text.</exception>
    public GuidSerializer(BsonType representation) : this(representation, GuidRepresentation.Unspecified) { }

    public GuidSerializer(GuidRepresentation guidRepresentation) : this(BsonType.Binary, guidRepresentation) { }

    private GuidSerializer(BsonType representation, GuidRepresentation guidRepresentation)
    {
        Representation = representation is BsonType.Binary or BsonType.String ? representation : throw UnsupportedRepresentation(representation);
        GuidRepresentation = guidRepresentation;
    }

    public static GuidSerializer StandardInstance { get; } = new(GuidRepresentation.Standard);

    public GuidRepresentation GuidRepresentation { get; }

    public BsonType Representation { get; }

    public GuidSerializer WithGuidRepresentation(GuidRepresentation guidRepresentation) => new(BsonType.Binary, guidRepresentation);

    private GuidRepresentation Required() => GuidRepresentation != GuidRepresentation.Unspecified ? GuidRepresentation
        : throw new BsonSerializationException("The representation of GUIDs is not specified: use BsonGuidRepresentation, or register a GuidSerializer with one.");

    public override Guid Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        var bsonType = reader.GetCurrentBsonType();
        return bsonType switch
        {
            BsonType.Binary => reader.ReadGuid(Required()),
            BsonType.String => new Guid(reader.ReadString()),
            _ => throw CreateCannotDeserializeFromBsonTypeException(bsonType),
        };
    }

    public override bool Equals(object obj) => base.Equals(obj) && Representation == ((GuidSerializer)obj).Representation && GuidRepresentation == ((GuidSerializer)obj).GuidRepresentation;

    public override int GetHashCode() => HashCode.Combine(GetType(), Representation);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, Guid value)
    {
        ArgumentNullException.ThrowIfNull(context);
        var writer = context.Writer;
        switch (Representation)
        {
            case BsonType.String:
                writer.WriteString(value.ToString());
                break;
            default:
                writer.WriteGuid(value, Required());
                break;
        }
    }

    public GuidSerializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new GuidSerializer(representation, GuidRepresentation);

    IBsonSerializer IRepresentationConfigurable.WithRepresentation(BsonType representation) => WithRepresentation(representation);
}
