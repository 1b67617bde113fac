namespace MongoDB.Bson.Serialization;

/// <summary>A serializer of documents that knows their ids.</summary>
public interface IBsonIdProvider
{
    /// <summary>False where the documents have no id.</summary>
    bool GetDocumentId(object document, out object id, out Type idNominalType, out IIdGenerator idGenerator);

    void SetDocumentId(object document, object id);
}
