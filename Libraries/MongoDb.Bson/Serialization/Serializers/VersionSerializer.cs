namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="Version"/>.</summary>
public sealed class VersionSerializer : SealedClassSerializerBase<Version>, IRepresentationConfigurable<VersionSerializer>
{
    public VersionSerializer() : this(BsonType.String) { }

    /// <exception cref="ArgumentException">The representation cannot hold such a value.</exception>
    public VersionSerializer(BsonType representation) =>
        Representation = representation is BsonType.String ? representation : throw UnsupportedRepresentation(representation);

    public BsonType Representation { get; }

    protected override Version DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        var reader = context.Reader;
        var bsonType = reader.GetCurrentBsonType();
        return bsonType switch
        {
            BsonType.String => Version.Parse(reader.ReadString()),
            _ => throw CreateCannotDeserializeFromBsonTypeException(bsonType),
        };
    }

    public override bool Equals(object obj) => base.Equals(obj) && Representation == ((VersionSerializer)obj).Representation;

    public override int GetHashCode() => HashCode.Combine(GetType(), Representation);

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, Version value)
    {
        var writer = context.Writer;
        writer.WriteString(value.ToString());
    }

    public VersionSerializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new VersionSerializer(representation);

    IBsonSerializer IRepresentationConfigurable.WithRepresentation(BsonType representation) => WithRepresentation(representation);
}
