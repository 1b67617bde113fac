namespace MongoDB.Bson.IO;

/// <summary>Writes into a <see cref="BsonDocument"/>.</summary>
public class BsonDocumentWriter : BsonWriter
{
    private readonly LevelStack<Level> _levels = new(new Level(ContextType.TopLevel, null, null, null));

    public BsonDocumentWriter(BsonDocument document) : this(document, BsonDocumentWriterSettings.Defaults) { }

    /// <summary>Adds to what is in the document already.</summary>
    public BsonDocumentWriter(BsonDocument document, BsonDocumentWriterSettings settings) : base(settings)
    {
        ArgumentNullException.ThrowIfNull(document);
        Document = document;
    }

    public BsonDocument Document { get; }

    public override long Position => 0;

    public override void Close() => State = BsonWriterState.Closed;

    public override void Flush() { }

    public override void WriteName(string name)
    {
        base.WriteName(name);
        _levels.Current = _levels.Current with { Name = name };
    }

    public override void WriteStartDocument()
    {
        RequireStartState(nameof(WriteStartDocument));
        base.WriteStartDocument();
        var document = _levels.Current.Type == ContextType.TopLevel ? Document : new BsonDocument { AllowDuplicateNames = Document.AllowDuplicateNames };
        Push(State == BsonWriterState.ScopeDocument ? ContextType.ScopeDocument : ContextType.Document, document, null);
        State = BsonWriterState.Name;
    }

    public override void WriteEndDocument()
    {
        RequireEnd(nameof(WriteEndDocument), BsonWriterState.Name, _levels.Current.Type);
        base.WriteEndDocument();
        var finished = _levels.Pop();
        if (finished.Type == ContextType.ScopeDocument)
        {
            AddValue(new BsonJavaScriptWithScope(_levels.Pop().Code, (BsonDocument)finished.Container));
        }
        else if (_levels.Current.Type == ContextType.TopLevel)
        {
            State = BsonWriterState.Done;
        }
        else
        {
            AddValue(finished.Container);
        }
    }

    public override void WriteStartArray()
    {
        RequireValueState(nameof(WriteStartArray));
        base.WriteStartArray();
        Push(ContextType.Array, new BsonArray(), null);
        State = BsonWriterState.Value;
    }

    public override void WriteEndArray()
    {
        RequireEnd(nameof(WriteEndArray), BsonWriterState.Value, _levels.Current.Type);
        base.WriteEndArray();
        AddValue(_levels.Pop().Container);
    }

    public override void WriteJavaScriptWithScope(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        RequireValueState(nameof(WriteJavaScriptWithScope));
        Push(ContextType.JavaScriptWithScope, null, code);
        State = BsonWriterState.ScopeDocument;
    }

    public override void WriteBinaryData(BsonBinaryData binaryData) => WriteValue(nameof(WriteBinaryData), binaryData);

    public override void WriteBoolean(bool value) => WriteValue(nameof(WriteBoolean), (BsonBoolean)value);

    public override void WriteBytes(byte[] bytes) => WriteValue(nameof(WriteBytes), (BsonBinaryData)bytes);

    public override void WriteDateTime(long value) => WriteValue(nameof(WriteDateTime), new BsonDateTime(value));

    public override void WriteDecimal128(Decimal128 value) => WriteValue(nameof(WriteDecimal128), (BsonDecimal128)value);

    public override void WriteDouble(double value) => WriteValue(nameof(WriteDouble), (BsonDouble)value);

    public override void WriteInt32(int value) => WriteValue(nameof(WriteInt32), (BsonInt32)value);

    public override void WriteInt64(long value) => WriteValue(nameof(WriteInt64), (BsonInt64)value);

    public override void WriteJavaScript(string code) => WriteValue(nameof(WriteJavaScript), new BsonJavaScript(code));

    public override void WriteMaxKey() => WriteValue(nameof(WriteMaxKey), BsonMaxKey.Value);

    public override void WriteMinKey() => WriteValue(nameof(WriteMinKey), BsonMinKey.Value);

    public override void WriteNull() => WriteValue(nameof(WriteNull), BsonNull.Value);

    public override void WriteObjectId(ObjectId objectId) => WriteValue(nameof(WriteObjectId), (BsonObjectId)objectId);

    public override void WriteRegularExpression(BsonRegularExpression regex) => WriteValue(nameof(WriteRegularExpression), regex);

    public override void WriteString(string value) => WriteValue(nameof(WriteString), (BsonString)value);

    public override void WriteSymbol(string value) => WriteValue(nameof(WriteSymbol), BsonSymbolTable.Lookup(value));

    public override void WriteTimestamp(long value) => WriteValue(nameof(WriteTimestamp), new BsonTimestamp(value));

    public override void WriteUndefined() => WriteValue(nameof(WriteUndefined), BsonUndefined.Value);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }
        base.Dispose(disposing);
    }

    private void Push(ContextType type, BsonValue container, string code) => _levels.Push(new Level(type, container, null, code));

    private void WriteValue(string methodName, BsonValue value)
    {
        RequireValueState(methodName);
        AddValue(value);
    }

    private void AddValue(BsonValue value)
    {
        if (_levels.Current.Container is BsonArray array)
        {
            array.Add(value);
            State = BsonWriterState.Value;
            return;
        }
        ((BsonDocument)_levels.Current.Container).Add(_levels.Current.Name, value);
        State = BsonWriterState.Name;
    }

    /// <param name="Type">What is open.</param>
    /// <param name="Container">The document or array that is being filled.</param>
    /// <param name="Name">The name of its next element.</param>
    /// <param name="Code">The code whose scope comes.</param>
    private readonly record struct Level(ContextType Type, BsonValue Container, string Name, string Code);
}
