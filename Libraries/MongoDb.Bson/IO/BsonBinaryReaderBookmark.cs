namespace MongoDB.Bson.IO;

/// <summary>A position of a <see cref="BsonBinaryReader"/>.</summary>
public class BsonBinaryReaderBookmark : BsonReaderBookmark
{
    internal BsonBinaryReaderBookmark(
        BsonReaderState state, BsonType currentBsonType, string currentName, BsonBinaryReader.Level[] levels, long position)
        : base(state, currentBsonType, currentName)
    {
        Levels = levels;
        Position = position;
    }

    internal BsonBinaryReader.Level[] Levels { get; }

    internal long Position { get; }
}
