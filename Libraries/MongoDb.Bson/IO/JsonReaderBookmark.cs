namespace MongoDB.Bson.IO;

/// <summary>A position of a <see cref="JsonReader"/>.</summary>
public class JsonReaderBookmark : BsonReaderBookmark
{
    internal JsonReaderBookmark(
        BsonReaderState state,
        BsonType currentBsonType,
        string currentName,
        JsonReader.Level level,
        JsonReader.Level[] enclosing,
        BsonValue value,
        string code,
        int position)
        : base(state, currentBsonType, currentName)
    {
        Level = level;
        Enclosing = enclosing;
        Value = value;
        Code = code;
        Position = position;
    }

    internal JsonReader.Level Level { get; }

    /// <summary>The levels around it, the outermost first.</summary>
    internal JsonReader.Level[] Enclosing { get; }

    internal BsonValue Value { get; }

    internal string Code { get; }

    internal int Position { get; }
}
