using System.Text.RegularExpressions;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="Regex"/>.</summary>
public sealed class RegexSerializer : SealedClassSerializerBase<Regex>, IRepresentationConfigurable<RegexSerializer>
{
    public RegexSerializer() : this(BsonType.RegularExpression) { }

    /// <exception cref="ArgumentException">The representation cannot hold such a value.</exception>
    public RegexSerializer(BsonType representation) =>
        Representation = representation is BsonType.RegularExpression or BsonType.String ? representation : throw UnsupportedRepresentation(representation);

    public BsonType Representation { get; }

    public static RegexSerializer RegularExpressionInstance { get; } = new();

    protected override Regex DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        var reader = context.Reader;
        var bsonType = reader.GetCurrentBsonType();
        return bsonType switch
        {
            BsonType.RegularExpression => reader.ReadRegularExpression().ToRegex(),
            BsonType.String => new Regex(reader.ReadString()),
            _ => throw CreateCannotDeserializeFromBsonTypeException(bsonType),
        };
    }

    public override bool Equals(object obj) => base.Equals(obj) && Representation == ((RegexSerializer)obj).Representation;

    public override int GetHashCode() => HashCode.Combine(GetType(), Representation);

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, Regex value)
    {
        var writer = context.Writer;
        switch (Representation)
        {
            case BsonType.String:
                writer.WriteString(value.ToString());
                break;
            default:
                writer.WriteRegularExpression(new BsonRegularExpression(value));
                break;
        }
    }

    public RegexSerializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new RegexSerializer(representation);

    IBsonSerializer IRepresentationConfigurable.WithRepresentation(BsonType representation) => WithRepresentation(representation);
}
