namespace MongoDB.Bson.IO;

/// <summary>Writes a document element by element, into whatever form.</summary>
public interface IBsonWriter : IDisposable
{
    /// <summary>Where the next byte or character goes.</summary>
    long Position { get; }

    /// <summary>Levels that are open.</summary>
    int SerializationDepth { get; }

    BsonWriterSettings Settings { get; }

    BsonWriterState State { get; }

    void Close();

    void Flush();

    void PopElementNameValidator();

    void PopSettings();

    /// <summary>Changes which names are accepted until the validator is popped.</summary>
    void PushElementNameValidator(IElementNameValidator validator);

    void PushSettings(Action<BsonWriterSettings> configurator);

    void WriteEndArray();

    void WriteEndDocument();

    /// <summary>A GUID of subtype 4.</summary>
    void WriteGuid(Guid guid);

    void WriteGuid(Guid guid, GuidRepresentation guidRepresentation);

    void WriteName(string name);

    void WriteBinaryData(BsonBinaryData binaryData);

    void WriteBoolean(bool value);

    /// <summary>Binary data of subtype 0.</summary>
    void WriteBytes(byte[] bytes);

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    void WriteDateTime(long value);

    void WriteDecimal128(Decimal128 value);

    void WriteDouble(double value);

    void WriteInt32(int value);

    void WriteInt64(long value);

    void WriteJavaScript(string code);

    /// <summary>The code; the scope document must be written next.</summary>
    void WriteJavaScriptWithScope(string code);

    void WriteMaxKey();

    void WriteMinKey();

    void WriteNull();

    void WriteObjectId(ObjectId objectId);

    /// <summary>An array that is encoded already.</summary>
    void WriteRawBsonArray(IByteBuffer slice);

    /// <summary>A document that is encoded already.</summary>
    void WriteRawBsonDocument(IByteBuffer slice);

    void WriteRegularExpression(BsonRegularExpression regex);

    void WriteStartArray();

    void WriteStartDocument();

    void WriteString(string value);

    void WriteSymbol(string value);

    void WriteTimestamp(long value);

    void WriteUndefined();
}
