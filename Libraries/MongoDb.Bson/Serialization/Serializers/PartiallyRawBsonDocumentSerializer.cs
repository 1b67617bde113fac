using MongoDB.Bson.IO;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Reads documents in which the values of one name, at any depth, are left encoded.</summary>
public sealed class PartiallyRawBsonDocumentSerializer : SerializerBase<BsonDocument>
{
    private readonly string _name;
    private readonly IBsonSerializer _rawSerializer;

    /// <exception cref="ArgumentException">The serializer is not for values of BSON.</exception>
    public PartiallyRawBsonDocumentSerializer(string name, IBsonSerializer rawSerializer)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(rawSerializer);
        if (!typeof(BsonValue).IsAssignableFrom(rawSerializer.ValueType))
        {
            throw new ArgumentException($"{rawSerializer.ValueType.FullName} is not a BsonValue.", nameof(rawSerializer));
        }
        _name = name;
        _rawSerializer = rawSerializer;
    }

    public override BsonDocument Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        var document = new BsonDocument();
        reader.ReadStartDocument();
        while (reader.ReadBsonType() != BsonType.EndOfDocument)
        {
            var name = reader.ReadName(Utf8NameDecoder.Instance);
            var value = name == _name ? (BsonValue)_rawSerializer.Deserialize(context)
                : reader.CurrentBsonType == BsonType.Document ? Deserialize(context, args)
                : BsonValueSerializer.Instance.Deserialize(context);
            document.Add(name, value);
        }
        reader.ReadEndDocument();
        return document;
    }

    public override bool Equals(object obj) =>
        base.Equals(obj) && obj is PartiallyRawBsonDocumentSerializer other && _name == other._name && _rawSerializer.Equals(other._rawSerializer);

    public override int GetHashCode() => HashCode.Combine(GetType(), _name);
}
