using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.IdGenerators;

namespace MongoDB.Bson.Serialization.Serializers;

/// <summary>Serializes <see cref="BsonDocument"/>.</summary>
public sealed class BsonDocumentSerializer : BsonValueSerializerBase<BsonDocument>, IBsonDocumentSerializer, IBsonIdProvider
{
    public BsonDocumentSerializer() : base(BsonType.Document) { }

    public static BsonDocumentSerializer Instance { get; } = new();

    public bool GetDocumentId(object document, out object id, out Type idNominalType, out IIdGenerator idGenerator)
    {
        idNominalType = typeof(BsonValue);
        if (!((BsonDocument)document).TryGetValue("_id", out var value))
        {
            id = null;
            idGenerator = BsonObjectIdGenerator.Instance;
            return true;
        }
        id = value;
        idGenerator = BsonSerializer.LookupIdGenerator(value.GetType());
        if (idGenerator == null && value is BsonBinaryData { SubType: BsonBinarySubType.UuidStandard })
        {
            idGenerator = BsonBinaryDataGuidGenerator.StandardInstance;
        }
        return true;
    }

    public void SetDocumentId(object document, object id)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(id);
        var bsonDocument = (BsonDocument)document;
        var value = BsonValue.Create(id);
        var index = bsonDocument.IndexOfName("_id");
        if (index >= 0)
        {
            bsonDocument[index] = value;
        }
        else
        {
            bsonDocument.InsertAt(0, new BsonElement("_id", value));
        }
    }

    public bool TryGetMemberSerializationInfo(string memberName, out BsonSerializationInfo serializationInfo)
    {
        serializationInfo = new BsonSerializationInfo(memberName, BsonValueSerializer.Instance, typeof(BsonValue));
        return true;
    }

    protected override BsonDocument DeserializeValue(BsonDeserializationContext context, BsonDeserializationArgs args)
    {
        var reader = context.Reader;
        reader.ReadStartDocument();
        var document = new BsonDocument(allowDuplicateNames: context.AllowDuplicateElementNames);
        while (reader.ReadBsonType() != BsonType.EndOfDocument)
        {
            var name = reader.ReadName(Utf8NameDecoder.Instance);
            Add(reader, document, new BsonElement(name, BsonValueSerializer.Instance.Deserialize(context)));
        }
        reader.ReadEndDocument();
        return document;
    }

    protected override void SerializeValue(BsonSerializationContext context, BsonSerializationArgs args, BsonDocument value)
    {
        var writer = context.Writer;
        writer.WriteStartDocument();
        var idIndex = args.SerializeIdFirst ? value.IndexOfName("_id") : -1;
        if (idIndex >= 0)
        {
            WriteElement(context, value.GetElement(idIndex));
        }
        for (var index = 0; index < value.ElementCount; index++)
        {
            if (index != idIndex)
            {
                WriteElement(context, value.GetElement(index));
            }
        }
        writer.WriteEndDocument();
    }

    private static void Add(IBsonReader reader, BsonDocument document, BsonElement element)
    {
        try
        {
            document.Add(element);
        }
        catch (InvalidOperationException exception) when (reader is BsonReader known)
        {
            throw new InvalidOperationException($"{exception.Message.TrimEnd('.')}{known.DescribePath()}.", exception);
        }
    }

    private static void WriteElement(BsonSerializationContext context, BsonElement element)
    {
        context.Writer.WriteName(element.Name);
        BsonValueSerializer.Instance.Serialize(context, element.Value);
    }
}
