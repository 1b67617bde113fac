using System.Collections;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>What serializers of dictionaries of objects share. Reading accepts every representation.</summary>
public abstract class DictionarySerializerBase<TDictionary> : ClassSerializerBase<TDictionary>, IBsonDocumentSerializer, IBsonDictionarySerializer
    where TDictionary : class, IDictionary
{
    public DictionarySerializerBase() : this(DictionaryRepresentation.Document) { }

    public DictionarySerializerBase(DictionaryRepresentation dictionaryRepresentation)
        : this(dictionaryRepresentation, BsonSerializer.LookupSerializer<object>(), BsonSerializer.LookupSerializer<object>()) { }

    public DictionarySerializerBase(DictionaryRepresentation dictionaryRepresentation, IBsonSerializer keySerializer, IBsonSerializer valueSerializer)
    {
        ArgumentNullException.ThrowIfNull(keySerializer);
        ArgumentNullException.ThrowIfNull(valueSerializer);
        DictionaryRepresentation = dictionaryRepresentation;
        KeySerializer = keySerializer;
        ValueSerializer = valueSerializer;
    }

    public DictionaryRepresentation DictionaryRepresentation { get; }

    public IBsonSerializer KeySerializer { get; }

    public IBsonSerializer ValueSerializer { get; }

    public override bool Equals(object obj) =>
        base.Equals(obj) && obj is DictionarySerializerBase<TDictionary> other && DictionaryRepresentation == other.DictionaryRepresentation &&
        KeySerializer.Equals(other.KeySerializer) && ValueSerializer.Equals(other.ValueSerializer);

    public override int GetHashCode() => HashCode.Combine(GetType(), DictionaryRepresentation);

    public bool TryGetMemberSerializationInfo(string memberName, out BsonSerializationInfo serializationInfo)
    {
        serializationInfo = DictionaryRepresentation == DictionaryRepresentation.Document
            ? new BsonSerializationInfo(memberName, ValueSerializer, ValueSerializer.ValueType)
            : null;
        return serializationInfo != null;
    }

    protected override TDictionary DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reader = context.Reader;
        var dictionary = CreateInstance();
        switch (reader.GetCurrentBsonType())
        {
            case BsonType.Document:
                reader.ReadStartDocument();
                while (reader.ReadBsonType() != BsonType.EndOfDocument)
                {
                    var name = reader.ReadName(Utf8NameDecoder.Instance);
                    dictionary.Add(name, ValueSerializer.Deserialize(context));
                }
                reader.ReadEndDocument();
                break;
            case BsonType.Array:
                reader.ReadStartArray();
                while (reader.ReadBsonType() != BsonType.EndOfDocument)
                {
                    var (key, value) = EntrySerializer.Deserialize(context);
                    dictionary.Add(key, value);
                }
                reader.ReadEndArray();
                break;
            default:
                throw CreateCannotDeserializeFromBsonTypeException(reader.CurrentBsonType);
        }
        return dictionary;
    }

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, TDictionary value)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(value);
        var writer = context.Writer;
        if (DictionaryRepresentation == DictionaryRepresentation.Document)
        {
            writer.WriteStartDocument();
            foreach (DictionaryEntry entry in value)
            {
                writer.WriteName(KeySerializer.ToBsonValue(entry.Key) is BsonString name ? name.Value
                    : throw new BsonSerializationException($"The keys of a dictionary that is a document must be text in BSON; the key {entry.Key} is not."));
                ValueSerializer.Serialize(context, entry.Value);
            }
            writer.WriteEndDocument();
            return;
        }
        var entrySerializer = EntrySerializer;
        writer.WriteStartArray();
        foreach (DictionaryEntry entry in value)
        {
            entrySerializer.Serialize(context, new KeyValuePair<object, object>(entry.Key, entry.Value));
        }
        writer.WriteEndArray();
    }

    protected abstract TDictionary CreateInstance();

    private KeyValuePairSerializer<object, object> EntrySerializer => new(
        DictionaryRepresentation == DictionaryRepresentation.ArrayOfArrays ? BsonType.Array : BsonType.Document,
        (IBsonSerializer<object>)KeySerializer,
        (IBsonSerializer<object>)ValueSerializer);
}
