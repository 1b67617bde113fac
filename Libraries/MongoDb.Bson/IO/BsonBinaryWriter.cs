namespace MongoDB.Bson.IO;

/// <summary>Writes encoded BSON.</summary>
public partial class BsonBinaryWriter : BsonWriter
{
    private static readonly byte[][] SmallIndexes = [.. Enumerable.Range(0, 1000).Select(index => Utf8Encodings.Strict.GetBytes($"{index}"))];

    private readonly ByteBufferStream _bufferStream;

    // Null where a subclass of writer or stream may want to see each value, or the settings are not the usual ones.
    private readonly ByteBufferStream _directStream;
    private readonly BsonWriterSettings _firstSettings;
    private Level[] _levels = new Level[4];
    private int _depth;
    private byte[] _nameUtf8;

    public BsonBinaryWriter(Stream stream) : this(stream, BsonBinaryWriterSettings.Defaults) { }

    public BsonBinaryWriter(Stream stream, BsonBinaryWriterSettings settings) : base(settings)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
        {
            throw new ArgumentException("The stream cannot seek.", nameof(stream));
        }
        BaseStream = stream;
        BsonStream = stream as BsonStream ?? new BsonStreamAdapter(stream);
        _bufferStream = BsonStream as ByteBufferStream;
        _firstSettings = base.Settings;
        _directStream = GetType() == typeof(BsonBinaryWriter) && BsonStream.GetType() == typeof(ByteBufferStream) &&
            ReferenceEquals(Settings.Encoding, Utf8Encodings.Strict) ? _bufferStream : null;
    }

    public Stream BaseStream { get; }

    public BsonStream BsonStream { get; }

    public override long Position => BsonStream.Position;

    public new BsonBinaryWriterSettings Settings => (BsonBinaryWriterSettings)base.Settings;

    public override void Close()
    {
        if (State == BsonWriterState.Done)
        {
            Flush();
        }
        State = BsonWriterState.Closed;
    }

    public override void Flush()
    {
        ThrowIfDisposed();
        if (State != BsonWriterState.Done)
        {
            throw new InvalidOperationException($"A writer in the state {State} has nothing complete to flush.");
        }
        BsonStream.Flush();
    }

    public override void WriteName(string name)
    {
        base.WriteName(name);
        _nameUtf8 = null;
    }

    public override void WriteStartDocument()
    {
        RequireStartState(nameof(WriteStartDocument));
        base.WriteStartDocument();
        if (State == BsonWriterState.Value)
        {
            WriteHeader(BsonType.Document);
        }
        Push(State == BsonWriterState.ScopeDocument ? ContextType.ScopeDocument : ContextType.Document);
        BsonStream.WriteInt32(0);
        State = BsonWriterState.Name;
    }

    public override void WriteEndDocument()
    {
        RequireEnd(nameof(WriteEndDocument), BsonWriterState.Name, _levels[_depth].Type);
        base.WriteEndDocument();
        BsonStream.WriteByte(0);
        Pop();
        EndValue();
    }

    public override void WriteStartArray()
    {
        RequireValueState(nameof(WriteStartArray));
        base.WriteStartArray();
        WriteHeader(BsonType.Array);
        Push(ContextType.Array);
        BsonStream.WriteInt32(0);
        State = BsonWriterState.Value;
    }

    public override void WriteEndArray()
    {
        RequireEnd(nameof(WriteEndArray), BsonWriterState.Value, _levels[_depth].Type);
        base.WriteEndArray();
        BsonStream.WriteByte(0);
        Pop();
        EndValue();
    }

    public override void WriteJavaScriptWithScope(string code)
    {
        RequireValueState(nameof(WriteJavaScriptWithScope));
        WriteHeader(BsonType.JavaScriptWithScope);
        Push(ContextType.JavaScriptWithScope);
        BsonStream.WriteInt32(0);
        BsonStream.WriteString(code, Settings.Encoding);
        State = BsonWriterState.ScopeDocument;
    }

    public override void WriteRawBsonArray(IByteBuffer slice)
    {
        RequireValueState(nameof(WriteRawBsonArray));
        WriteHeader(BsonType.Array);
        BsonStream.WriteSlice(slice);
        EndValue();
    }

    public override void WriteRawBsonDocument(IByteBuffer slice)
    {
        RequireStartState(nameof(WriteRawBsonDocument));
        if (State == BsonWriterState.Value)
        {
            WriteHeader(BsonType.Document);
        }
        BsonStream.WriteSlice(slice);
        EndValue();
    }

    internal override void WriteName(string name, byte[] utf8)
    {
        AcceptName(name);
        _nameUtf8 = utf8;
    }

    /// <summary>Where to write the next whole element, without the writer; null where it must see name and value.</summary>
    internal ByteBufferStream StartElement()
    {
        if (State != BsonWriterState.Name || _directStream == null || !AcceptsEveryName || !ReferenceEquals(base.Settings, _firstSettings))
        {
            return null;
        }
        // Where writing fails half-way, nothing may follow.
        State = BsonWriterState.Value;
        return _directStream;
    }

    internal void EndElement() => State = BsonWriterState.Name;

    protected override void Dispose(bool disposing)
    {
        if (disposing && State != BsonWriterState.Closed)
        {
            Close();
        }
        base.Dispose(disposing);
    }

    /// <summary>The type and the name, or in an array the position, of the value that follows.</summary>
    private void WriteHeader(BsonType type)
    {
        ref var level = ref _levels[_depth];
        var utf8 = _nameUtf8;
        if (level.Type == ContextType.Array)
        {
            var index = level.Index++;
            utf8 = index < SmallIndexes.Length ? SmallIndexes[index] : Utf8Encodings.Strict.GetBytes(IndexText(index));
        }
        if (_bufferStream != null && utf8 != null)
        {
            _bufferStream.WriteElementHeader(type, utf8);
            return;
        }
        BsonStream.WriteBsonType(type);
        if (utf8 != null)
        {
            BsonStream.WriteCStringBytes(utf8);
        }
        else
        {
            BsonStream.WriteCString(Name);
        }
    }

    private static string IndexText(int index) => index.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private void Push(ContextType type)
    {
        if (++_depth == _levels.Length)
        {
            Array.Resize(ref _levels, 2 * _depth);
        }
        _levels[_depth] = new Level { Type = type, Start = BsonStream.Position };
    }

    private void Pop()
    {
        var start = _levels[_depth--].Start;
        var size = BsonStream.Position - start;
        if (size > Settings.MaxDocumentSize)
        {
            throw new FormatException($"The document has {size} bytes, more than the allowed {Settings.MaxDocumentSize}.");
        }
        BsonStream.BackpatchSize(start);
    }

    private void EndValue()
    {
        if (_levels[_depth].Type == ContextType.JavaScriptWithScope)
        {
            Pop();
        }
        State = _levels[_depth].Type switch
        {
            ContextType.TopLevel => BsonWriterState.Done,
            ContextType.Array => BsonWriterState.Value,
            _ => BsonWriterState.Name,
        };
    }

    private struct Level
    {
        public ContextType Type;

        /// <summary>The position of the length.</summary>
        public long Start;

        /// <summary>How many items of an array were written.</summary>
        public int Index;
    }
}
