namespace MongoDB.Bson.IO;

/// <summary>What a reader is positioned at.</summary>
public enum BsonReaderState
{
    Initial,
    Type,
    Name,
    Value,
    ScopeDocument,
    EndOfDocument,
    EndOfArray,
    Done,
    Closed,
}
