using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.IO;

/// <summary>Adds elements before the end of the outermost document.</summary>
internal sealed class ElementAppendingWriter(
    IBsonWriter wrapped, IReadOnlyList<BsonElement> elements, Action<BsonWriterSettings> settingsConfigurator) : WrappingBsonWriter(wrapped)
{
    private int _depth;

    public override void WriteStartDocument()
    {
        _depth++;
        base.WriteStartDocument();
    }

    public override void WriteEndDocument()
    {
        if (--_depth == 0)
        {
            Wrapped.PushSettings(settingsConfigurator ?? (_ => { }));
            try
            {
                var context = BsonSerializationContext.CreateRoot(Wrapped);
                foreach (var element in elements)
                {
                    Wrapped.WriteName(element.Name);
                    BsonValueSerializer.Instance.Serialize(context, element.Value);
                }
            }
            finally
            {
                Wrapped.PopSettings();
            }
        }
        base.WriteEndDocument();
    }

    /// <summary>The outermost document is taken apart if elements must be added to it.</summary>
    public override void WriteRawBsonDocument(IByteBuffer slice)
    {
        if (_depth > 0)
        {
            base.WriteRawBsonDocument(slice);
            return;
        }
        WriteStartDocument();
        var document = new RawBsonDocument(slice);
        var context = BsonSerializationContext.CreateRoot(Wrapped);
        foreach (var element in document)
        {
            Wrapped.WriteName(element.Name);
            BsonValueSerializer.Instance.Serialize(context, element.Value);
        }
        WriteEndDocument();
    }
}
