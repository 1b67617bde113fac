namespace MongoDB.Bson.IO;

/// <summary>A position of a <see cref="BsonDocumentReader"/>.</summary>
public class BsonDocumentReaderBookmark : BsonReaderBookmark
{
    internal BsonDocumentReaderBookmark(
        BsonReaderState state,
        BsonType currentBsonType,
        string currentName,
        BsonDocumentReader.Level[] levels,
        BsonValue value)
        : base(state, currentBsonType, currentName)
    {
        Levels = levels;
        Value = value;
    }

    /// <summary>The levels that it is in, the outermost first.</summary>
    internal BsonDocumentReader.Level[] Levels { get; }

    internal BsonValue Value { get; }
}
