namespace MongoDB.Bson.IO;

/// <summary>Passes everything on to another writer, except what a subclass overrides.</summary>
public abstract class WrappingBsonWriter : IBsonWriter
{
    private readonly IBsonWriter _wrapped;
    private bool _disposed;

    public WrappingBsonWriter(IBsonWriter wrapped)
    {
        ArgumentNullException.ThrowIfNull(wrapped);
        _wrapped = wrapped;
    }

    public virtual long Position => Wrapped.Position;

    public virtual int SerializationDepth => Wrapped.SerializationDepth;

    public virtual BsonWriterSettings Settings => Wrapped.Settings;

    public virtual BsonWriterState State => Wrapped.State;

    public IBsonWriter Wrapped
    {
        get
        {
            ThrowIfDisposed();
            return _wrapped;
        }
    }

    public virtual void Close() => Wrapped.Close();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    public virtual void Flush() => Wrapped.Flush();

    public virtual void PopElementNameValidator() => Wrapped.PopElementNameValidator();

    public virtual void PopSettings() => Wrapped.PopSettings();

    public virtual void PushElementNameValidator(IElementNameValidator validator) => Wrapped.PushElementNameValidator(validator);

    public virtual void PushSettings(Action<BsonWriterSettings> configurator) => Wrapped.PushSettings(configurator);

    public virtual void WriteEndArray() => Wrapped.WriteEndArray();

    public virtual void WriteEndDocument() => Wrapped.WriteEndDocument();

    public virtual void WriteGuid(Guid value) => Wrapped.WriteGuid(value);

    public virtual void WriteGuid(Guid value, GuidRepresentation guidRepresentation) => Wrapped.WriteGuid(value, guidRepresentation);

    public virtual void WriteName(string name) => Wrapped.WriteName(name);

    public virtual void WriteBinaryData(BsonBinaryData binaryData) => Wrapped.WriteBinaryData(binaryData);

    public virtual void WriteBoolean(bool value) => Wrapped.WriteBoolean(value);

    public virtual void WriteBytes(byte[] bytes) => Wrapped.WriteBytes(bytes);

    public virtual void WriteDateTime(long value) => Wrapped.WriteDateTime(value);

    public virtual void WriteDecimal128(Decimal128 value) => Wrapped.WriteDecimal128(value);

    public virtual void WriteDouble(double value) => Wrapped.WriteDouble(value);

    public virtual void WriteInt32(int value) => Wrapped.WriteInt32(value);

    public virtual void WriteInt64(long value) => Wrapped.WriteInt64(value);

    public virtual void WriteJavaScript(string code) => Wrapped.WriteJavaScript(code);

    public virtual void WriteJavaScriptWithScope(string code) => Wrapped.WriteJavaScriptWithScope(code);

    public virtual void WriteMaxKey() => Wrapped.WriteMaxKey();

    public virtual void WriteMinKey() => Wrapped.WriteMinKey();

    public virtual void WriteNull() => Wrapped.WriteNull();

    public virtual void WriteObjectId(ObjectId objectId) => Wrapped.WriteObjectId(objectId);

    public virtual void WriteRawBsonArray(IByteBuffer slice) => Wrapped.WriteRawBsonArray(slice);

    public virtual void WriteRawBsonDocument(IByteBuffer slice) => Wrapped.WriteRawBsonDocument(slice);

    public virtual void WriteRegularExpression(BsonRegularExpression regex) => Wrapped.WriteRegularExpression(regex);

    public virtual void WriteStartArray() => Wrapped.WriteStartArray();

    public virtual void WriteStartDocument() => Wrapped.WriteStartDocument();

    public virtual void WriteString(string value) => Wrapped.WriteString(value);

    public virtual void WriteSymbol(string value) => Wrapped.WriteSymbol(value);

    public virtual void WriteTimestamp(long value) => Wrapped.WriteTimestamp(value);

    public virtual void WriteUndefined() => Wrapped.WriteUndefined();

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _wrapped.Dispose();
        }
    }

    protected void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, this);
}
