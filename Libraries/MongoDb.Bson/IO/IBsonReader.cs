namespace MongoDB.Bson.IO;

/// <summary>Reads a document element by element, from whatever form it is in.</summary>
public interface IBsonReader : IDisposable
{
    /// <summary>The type of the present value.</summary>
    BsonType CurrentBsonType { get; }

    BsonReaderState State { get; }

    void Close();

    /// <summary>Remembers the present position.</summary>
    BsonReaderBookmark GetBookmark();

    /// <summary>The type of the present value, moving to the value from its type or name if need be.</summary>
    BsonType GetCurrentBsonType();

    bool IsAtEndOfFile();

    void PopSettings();

    /// <summary>Changes settings until they are popped.</summary>
    void PushSettings(Action<BsonReaderSettings> configurator);

    /// <summary>Moves to the next element.</summary>
    BsonType ReadBsonType();

    void ReadEndArray();

    void ReadEndDocument();

    /// <summary>A GUID of subtype 4.</summary>
    Guid ReadGuid();

    Guid ReadGuid(GuidRepresentation guidRepresentation);

    string ReadName(INameDecoder nameDecoder);

    void ReadStartArray();

    void ReadStartDocument();

    /// <summary>Goes back to a position of this reader.</summary>
    void ReturnToBookmark(BsonReaderBookmark bookmark);

    void SkipName();

    void SkipValue();

    BsonBinaryData ReadBinaryData();

    bool ReadBoolean();

    /// <summary>Binary data of subtype 0 or 2.</summary>
    byte[] ReadBytes();

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    long ReadDateTime();

    Decimal128 ReadDecimal128();

    double ReadDouble();

    int ReadInt32();

    long ReadInt64();

    string ReadJavaScript();

    /// <summary>The code; the scope document must be read next.</summary>
    string ReadJavaScriptWithScope();

    void ReadMaxKey();

    void ReadMinKey();

    void ReadNull();

    ObjectId ReadObjectId();

    /// <summary>The encoded bytes of an array.</summary>
    IByteBuffer ReadRawBsonArray();

    /// <summary>The encoded bytes of a document.</summary>
    IByteBuffer ReadRawBsonDocument();

    BsonRegularExpression ReadRegularExpression();

    string ReadString();

    string ReadSymbol();

    /// <summary>Seconds in the high and a counter in the low 32 bits.</summary>
    long ReadTimestamp();

    void ReadUndefined();
}
