namespace MongoDB.Bson;

/// <summary>A value that can present itself as a document.</summary>
public interface IConvertibleToBsonDocument
{
    BsonDocument ToBsonDocument();
}
