namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="string"/>.</summary>
public sealed class StringSerializer : SealedClassSerializerBase<string>, IRepresentationConfigurable<StringSerializer>
{
    public StringSerializer() : this(BsonType.String) { }

    /// <exception cref="ArgumentException">The representation cannot hold such a value.</exception>
    public StringSerializer(BsonType representation) =>
        Representation = representation is BsonType.ObjectId or BsonType.String or BsonType.Symbol ? representation : throw UnsupportedRepresentation(representation);

    public static StringSerializer Instance { get; } = new();

    public BsonType Representation { get; }

    protected override string DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        var reader = context.Reader;
        var bsonType = reader.GetCurrentBsonType();
        return bsonType switch
        {
            BsonType.String => reader.ReadString(),
            BsonType.ObjectId when Representation == BsonType.ObjectId => reader.ReadObjectId().ToString(),
            BsonType.Symbol => reader.ReadSymbol(),
            _ => throw CreateCannotDeserializeFromBsonTypeException(bsonType),
        };
    }

    public override bool Equals(object obj) => base.Equals(obj) && Representation == ((StringSerializer)obj).Representation;

    public override int GetHashCode() => HashCode.Combine(GetType(), Representation);

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, string value)
    {
        var writer = context.Writer;
        switch (Representation)
        {
            case BsonType.ObjectId:
                writer.WriteObjectId(ObjectId.Parse(value));
                break;
            case BsonType.Symbol:
                writer.WriteSymbol(value);
                break;
            default:
                writer.WriteString(value);
                break;
        }
    }

    public StringSerializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new StringSerializer(representation);

    IBsonSerializer IRepresentationConfigurable.WithRepresentation(BsonType representation) => WithRepresentation(representation);
}
