using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Options;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>What serializers of dictionaries share. Reading accepts every representation.</summary>
public abstract class DictionarySerializerBase<TDictionary, TKey, TValue> :
    ClassSerializerBase<TDictionary>, IBsonArraySerializer, IBsonDocumentSerializer, IBsonDictionarySerializer
    where TDictionary : class, IEnumerable<KeyValuePair<TKey, TValue>>
{
    private readonly SerializerReference<TKey> _keySerializer;
    private readonly SerializerReference<TValue> _valueSerializer;

    public DictionarySerializerBase() : this(DictionaryRepresentation.Document) { }

    public DictionarySerializerBase(DictionaryRepresentation dictionaryRepresentation)
        : this(dictionaryRepresentation, BsonSerializer.SerializerRegistry) { }

    public DictionarySerializerBase(
        DictionaryRepresentation dictionaryRepresentation, IBsonSerializer<TKey> keySerializer, IBsonSerializer<TValue> valueSerializer)
    {
        DictionaryRepresentation = dictionaryRepresentation;
        _keySerializer = new(keySerializer);
        _valueSerializer = new(valueSerializer);
    }

    public DictionarySerializerBase(DictionaryRepresentation dictionaryRepresentation, IBsonSerializerRegistry serializerRegistry)
    {
        DictionaryRepresentation = dictionaryRepresentation;
        _keySerializer = new(serializerRegistry);
        _valueSerializer = new(serializerRegistry);
    }

    public DictionaryRepresentation DictionaryRepresentation { get; }

    public IBsonSerializer<TKey> KeySerializer => _keySerializer.Value;

    public IBsonSerializer<TValue> ValueSerializer => _valueSerializer.Value;

    IBsonSerializer IBsonDictionarySerializer.KeySerializer => KeySerializer;

    IBsonSerializer IBsonDictionarySerializer.ValueSerializer => ValueSerializer;

    public override bool Equals(object obj) =>
        base.Equals(obj) && obj is DictionarySerializerBase<TDictionary, TKey, TValue> other && (ReferenceEquals(this, obj) ||
            (DictionaryRepresentation == other.DictionaryRepresentation && KeySerializer.Equals(other.KeySerializer) && ValueSerializer.Equals(other.ValueSerializer)));

    public override int GetHashCode() => HashCode.Combine(GetType(), DictionaryRepresentation);

    public bool TryGetItemSerializationInfo(out BsonSerializationInfo serializationInfo)
    {
        var representation = DictionaryRepresentation == DictionaryRepresentation.ArrayOfArrays ? BsonType.Array : BsonType.Document;
        var serializer = new KeyValuePairSerializer<TKey, TValue>(representation, KeySerializer, ValueSerializer);
        serializationInfo = new BsonSerializationInfo(null, serializer, serializer.ValueType);
        return true;
    }

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
        var accumulator = CreateAccumulator();
        switch (context.Reader.GetCurrentBsonType())
        {
            case BsonType.Document:
                ReadDocument(context, accumulator);
                break;
            case BsonType.Array:
                var itemSerializer = new KeyValuePairSerializer<TKey, TValue>(BsonType.Document, KeySerializer, ValueSerializer);
                context.Reader.ReadStartArray();
                while (context.Reader.ReadBsonType() != BsonType.EndOfDocument)
                {
                    accumulator.Add(itemSerializer.Deserialize(context));
                }
                context.Reader.ReadEndArray();
                break;
            default:
                throw CreateCannotDeserializeFromBsonTypeException(context.Reader.CurrentBsonType);
        }
        return FinalizeAccumulator(accumulator);
    }

    /// <exception cref="BsonSerializationException">A key is not text in BSON, and the representation is a document.</exception>
    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, TDictionary value)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(value);
        var writer = context.Writer;
        if (DictionaryRepresentation == DictionaryRepresentation.Document)
        {
            writer.WriteStartDocument();
            foreach (var (key, item) in value)
            {
                writer.WriteName(KeyText(key));
                ValueSerializer.Serialize(context, item);
            }
            writer.WriteEndDocument();
            return;
        }
        TryGetItemSerializationInfo(out var info);
        var itemSerializer = (KeyValuePairSerializer<TKey, TValue>)info.Serializer;
        writer.WriteStartArray();
        foreach (var item in value)
        {
            itemSerializer.Serialize(context, item);
        }
        writer.WriteEndArray();
    }

    /// <summary>What entries are added to.</summary>
    protected virtual ICollection<KeyValuePair<TKey, TValue>> CreateAccumulator() => throw CreateCannotBeDeserializedException();

    protected virtual TDictionary FinalizeAccumulator(ICollection<KeyValuePair<TKey, TValue>> accumulator) => (TDictionary)accumulator;

    private void ReadDocument(BsonDeserializationContext context, ICollection<KeyValuePair<TKey, TValue>> accumulator)
    {
        var reader = context.Reader;
        var valueSerializer = ValueSerializer;
        var valueArgs = new BsonDeserializationArgs { NominalType = valueSerializer.ValueType };
        reader.ReadStartDocument();
        while (reader.ReadBsonType() != BsonType.EndOfDocument)
        {
            var key = ParseKey(reader.ReadName(Utf8NameDecoder.Instance));
            accumulator.Add(new KeyValuePair<TKey, TValue>(key, valueSerializer.Deserialize(context, valueArgs)));
        }
        reader.ReadEndDocument();
    }

    private string KeyText(TKey key)
    {
        if (KeySerializer is StringSerializer { Representation: BsonType.String } && key is string text)
        {
            return text;
        }
        return KeySerializer.ToBsonValue(key) is BsonString name ? name.Value
            : throw new BsonSerializationException(
                $"The keys of a dictionary that is a document must be text in BSON; the key {key} is not. Use another DictionaryRepresentation or a representation of the keys.");
    }

    private TKey ParseKey(string name)
    {
        if (KeySerializer is StringSerializer && name is TKey text)
        {
            return text;
        }
        using var reader = new BsonDocumentReader(new BsonDocument("k", name));
        reader.ReadStartDocument();
        reader.ReadName();
        return KeySerializer.Deserialize(BsonDeserializationContext.CreateRoot(reader));
    }
}
