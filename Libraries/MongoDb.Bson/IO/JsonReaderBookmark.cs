namespace MongoDB.Bson.IO;

/// <summary>A position of a <see cref="JsonReader"/>.</summary>
public class JsonReaderBookmark : BsonReaderBookmark
{
    internal JsonReaderBookmark(
        BsonReaderState state,
        BsonType currentBsonType,
        string currentName,
        JsonReader.Level[] levels,
        BsonValue value,
        string code,
        int position)
        : base(state, currentBsonType, currentName)
    {
        Levels = levels;
        Value = value;
        Code = code;
        Position = position;
    }

    /// <summary>The levels that it is in, the outermost first.</summary>
    internal JsonReader.Level[] Levels { get; }

    internal BsonValue Value { get; }

    internal string Code { get; }

    internal int Position { get; }
}
