using MongoDB.Bson.IO;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Writes a document with elements added at its end.</summary>
public sealed class ElementAppendingSerializer<TDocument> : IBsonSerializer<TDocument>
{
    private readonly IBsonSerializer<TDocument> _documentSerializer;
    private readonly List<BsonElement> _elements;
    private readonly Action<BsonWriterSettings> _writerSettingsConfigurator;

    /// <param name="documentSerializer">Writes the document.</param>
    /// <param name="elements">What to add.</param>
    /// <param name="writerSettingsConfigurator">Settings for the elements that are added.</param>
    public ElementAppendingSerializer(
        IBsonSerializer<TDocument> documentSerializer, IEnumerable<BsonElement> elements, Action<BsonWriterSettings> writerSettingsConfigurator = null)
    {
        ArgumentNullException.ThrowIfNull(documentSerializer);
        ArgumentNullException.ThrowIfNull(elements);
        _documentSerializer = documentSerializer;
        _elements = [.. elements];
        _writerSettingsConfigurator = writerSettingsConfigurator;
    }

    public Type ValueType => typeof(TDocument);

    public TDocument Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args) =>
        throw new NotSupportedException("This serializer only writes.");

    object IBsonSerializer.Deserialize(BsonDeserializationContext context, BsonDeserializationArgs args) => Deserialize(context, args);

    public override bool Equals(object obj) =>
        obj is ElementAppendingSerializer<TDocument> other && _documentSerializer.Equals(other._documentSerializer) &&
        _elements.SequenceEqual(other._elements) && Equals(_writerSettingsConfigurator, other._writerSettingsConfigurator);

    public override int GetHashCode() => HashCode.Combine(GetType(), _elements.Count);

    public void Serialize(BsonSerializationContext context, BsonSerializationArgs args, TDocument value)
    {
        ArgumentNullException.ThrowIfNull(context);
        var writer = new ElementAppendingWriter(context.Writer, _elements, _writerSettingsConfigurator);
        var appending = BsonSerializationContext.CreateRoot(writer, builder => builder.IsDynamicType = context.IsDynamicType);
        _documentSerializer.Serialize(appending, args, value);
    }

    void IBsonSerializer.Serialize(BsonSerializationContext context, BsonSerializationArgs args, object value) =>
        Serialize(context, args, (TDocument)value);
}
