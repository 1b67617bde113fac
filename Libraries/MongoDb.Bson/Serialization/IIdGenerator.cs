namespace MongoDB.Bson.Serialization;

/// <summary>Makes ids of documents.</summary>
public interface IIdGenerator
{
    /// <param name="container">The collection that the document is for.</param>
    /// <param name="document">The document.</param>
    object GenerateId(object container, object document);

    /// <summary>Whether an id stands for none.</summary>
    bool IsEmpty(object id);
}
