namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="char"/>.</summary>
public sealed class CharSerializer : StructSerializerBase<char>, IRepresentationConfigurable<CharSerializer>
{
    public CharSerializer() : this(BsonType.Int32) { }

    /// <exception cref="ArgumentException">The representation cannot hold such a value.</exception>
    public CharSerializer(BsonType representation) =>
        Representation = representation is BsonType.Int32 or BsonType.Int64 or BsonType.String ? representation : throw UnsupportedRepresentation(representation);

    public static CharSerializer Instance { get; } = new();

    public BsonType Representation { get; }

    private static char Single(string text) => text.Length == 1 ? text[0] : throw new FormatException($"A text of {text.Length} characters is not one character.");

    public override char Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        var bsonType = reader.GetCurrentBsonType();
        return bsonType switch
        {
            BsonType.Int32 => (char)checked((ushort)reader.ReadInt32()),
            BsonType.Int64 => (char)checked((ushort)reader.ReadInt64()),
            BsonType.String => Single(reader.ReadString()),
            _ => throw CreateCannotDeserializeFromBsonTypeException(bsonType),
        };
    }

    public override bool Equals(object obj) => base.Equals(obj) && Representation == ((CharSerializer)obj).Representation;

    public override int GetHashCode() => HashCode.Combine(GetType(), Representation);

    public override void Serialize(BsonSerializationContext context, BsonSerializationArgs args, char value)
    {
        ArgumentNullException.ThrowIfNull(context);
        var writer = context.Writer;
        switch (Representation)
        {
            case BsonType.Int64:
                writer.WriteInt64(value);
                break;
            case BsonType.String:
                writer.WriteString(value.ToString());
                break;
            default:
                writer.WriteInt32(value);
                break;
        }
    }

    public CharSerializer WithRepresentation(BsonType representation) =>
        Representation == representation ? this : new CharSerializer(representation);

    IBsonSerializer IRepresentationConfigurable.WithRepresentation(BsonType representation) => WithRepresentation(representation);
}
