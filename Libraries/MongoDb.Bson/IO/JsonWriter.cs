using System.Globalization;

namespace MongoDB.Bson.IO;

/// <summary>Writes JSON in one of the dialects of <see cref="JsonOutputMode"/>.</summary>
public partial class JsonWriter : BsonWriter
{
    private readonly TextWriter _text;
    private readonly LevelStack<Level> _levels = new(new Level { Type = ContextType.TopLevel });

    public JsonWriter(TextWriter writer) : this(writer, JsonWriterSettings.Defaults) { }

    public JsonWriter(TextWriter writer, JsonWriterSettings settings) : base(settings)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _text = writer;
    }

    public TextWriter BaseTextWriter => _text;

    public override long Position => 0;

    public new JsonWriterSettings Settings => (JsonWriterSettings)base.Settings;

    public override void Close()
    {
        if (State != BsonWriterState.Closed)
        {
            Flush();
            State = BsonWriterState.Closed;
        }
    }

    public override void Flush()
    {
        ThrowIfDisposed();
        _text.Flush();
    }

    public override void WriteStartDocument()
    {
        RequireStartState(nameof(WriteStartDocument));
        base.WriteStartDocument();
        if (State is BsonWriterState.Value or BsonWriterState.ScopeDocument)
        {
            StartValue();
        }
        _text.Write('{');
        Push(State == BsonWriterState.ScopeDocument ? ContextType.ScopeDocument : ContextType.Document);
        State = BsonWriterState.Name;
    }

    public override void WriteEndDocument()
    {
        RequireEnd(nameof(WriteEndDocument), BsonWriterState.Name, _levels.Current.Type);
        base.WriteEndDocument();
        var finished = _levels.Pop();
        if (Settings.Indent && finished.HasElements)
        {
            WriteNewLine(_levels.Depth);
            _text.Write('}');
        }
        else
        {
            _text.Write(" }");
        }
        if (finished.Type == ContextType.ScopeDocument)
        {
            // Closes the document around $code and $scope, too.
            State = BsonWriterState.Name;
            WriteEndDocument();
            return;
        }
        EndValue();
    }

    public override void WriteStartArray()
    {
        RequireValue(nameof(WriteStartArray));
        base.WriteStartArray();
        StartValue();
        _text.Write('[');
        Push(ContextType.Array);
        State = BsonWriterState.Value;
    }

    public override void WriteEndArray()
    {
        RequireEnd(nameof(WriteEndArray), BsonWriterState.Value, _levels.Current.Type);
        base.WriteEndArray();
        _text.Write(']');
        _levels.Pop();
        EndValue();
    }

    public override void WriteJavaScriptWithScope(string code)
    {
        RequireValue(nameof(WriteJavaScriptWithScope));
        WriteStartDocument();
        WriteName("$code");
        WriteString(code);
        WriteName("$scope");
        State = BsonWriterState.ScopeDocument;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }
        base.Dispose(disposing);
    }

    private void RequireValue(string methodName)
    {
        ThrowIfDisposed();
        if (State is not (BsonWriterState.Value or BsonWriterState.Initial))
        {
            ThrowInvalidState(methodName, BsonWriterState.Value, BsonWriterState.Initial);
        }
    }

    private void Push(ContextType type) => _levels.Push(new Level { Type = type });

    /// <summary>Separates the value from the one before and writes its name.</summary>
    private void StartValue()
    {
        switch (_levels.Current.Type)
        {
            case ContextType.Array:
                _text.Write(_levels.Current.HasElements ? ", " : "");
                break;
            case ContextType.Document or ContextType.ScopeDocument:
                _text.Write(_levels.Current.HasElements ? "," : "");
                if (Settings.Indent)
                {
                    WriteNewLine(_levels.Depth);
                }
                else
                {
                    _text.Write(' ');
                }
                WriteQuoted(Name);
                _text.Write(" : ");
                break;
        }
        _levels.Current.HasElements = true;
    }

    private void EndValue() => State = _levels.Current.Type switch
    {
        ContextType.TopLevel => BsonWriterState.Done,
        ContextType.Array => BsonWriterState.Value,
        _ => BsonWriterState.Name,
    };

    private void WriteNewLine(int depth)
    {
        _text.Write(Settings.NewLineChars);
        for (var level = 0; level < depth; level++)
        {
            _text.Write(Settings.IndentChars);
        }
    }

    private void WriteQuoted(string value)
    {
        _text.Write('"');
        foreach (var character in value)
        {
            switch (character)
            {
                case '"' or '\\':
                    _text.Write('\\');
                    _text.Write(character);
                    break;
                case '\b':
                    _text.Write("\\b");
                    break;
                case '\f':
                    _text.Write("\\f");
                    break;
                case '\n':
                    _text.Write("\\n");
                    break;
                case '\r':
                    _text.Write("\\r");
                    break;
                case '\t':
                    _text.Write("\\t");
                    break;
                case >= ' ' and <= '~':
                    _text.Write(character);
                    break;
                default:
                    WriteUnusual(character);
                    break;
            }
        }
        _text.Write('"');
    }

    private void WriteUnusual(char character)
    {
        var isVisible = CharUnicodeInfo.GetUnicodeCategory(character) is
            <= UnicodeCategory.TitlecaseLetter or UnicodeCategory.OtherLetter
            or (>= UnicodeCategory.DecimalDigitNumber and <= UnicodeCategory.SpaceSeparator)
            or (>= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherSymbol);
        if (isVisible)
        {
            _text.Write(character);
            return;
        }
        _text.Write(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"));
    }

    private struct Level
    {
        public ContextType Type;
        public bool HasElements;
    }
}
