namespace MongoDB.Bson.IO;

/// <summary>A position of a <see cref="BsonDocumentReader"/>.</summary>
public class BsonDocumentReaderBookmark : BsonReaderBookmark
{
    internal BsonDocumentReaderBookmark(
        BsonReaderState state,
        BsonType currentBsonType,
        string currentName,
        BsonDocumentReader.Level level,
        BsonDocumentReader.Level[] enclosing,
        BsonValue value)
        : base(state, currentBsonType, currentName)
    {
        Level = level;
        Enclosing = enclosing;
        Value = value;
    }

    internal BsonDocumentReader.Level Level { get; }

    /// <summary>The levels around it, the outermost first.</summary>
    internal BsonDocumentReader.Level[] Enclosing { get; }

    internal BsonValue Value { get; }
}
