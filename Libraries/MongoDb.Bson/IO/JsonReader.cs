namespace MongoDB.Bson.IO;

/// <summary>
/// Reads JSON: plain, extended (version 2 and the older forms), and the shell's dialect with its constructors. Whatever the
/// text is, it returns values or throws <see cref="FormatException"/>.
/// </summary>
public partial class JsonReader : BsonReader
{
    private readonly JsonScanner _scanner;
    private readonly JsonValueParser _parser;
    private readonly LevelStack<Level> _levels = new(new Level(ContextType.TopLevel, null, 0));

    // The present value; null for documents, arrays, and code with a scope.
    private BsonValue _value;
    private string _code;

    public JsonReader(string json) : this(json, JsonReaderSettings.Defaults) { }

    public JsonReader(string json, JsonReaderSettings settings) : base(settings)
    {
        ArgumentNullException.ThrowIfNull(json);
        _scanner = new JsonScanner(json);
        _parser = new JsonValueParser(_scanner);
    }

    public JsonReader(TextReader textReader) : this(textReader, JsonReaderSettings.Defaults) { }

    /// <summary>Reads the text to its end at once.</summary>
    public JsonReader(TextReader textReader, JsonReaderSettings settings) : this(ReadAll(textReader), settings) { }

    public override void Close() => State = BsonReaderState.Closed;

    public override BsonReaderBookmark GetBookmark() => new JsonReaderBookmark(
        State, CurrentBsonType, CurrentName, [.. _levels.All], _value, _code, _scanner.Position);

    public override bool IsAtEndOfFile() => _scanner.Peek().Kind == JsonTokenKind.End;

    public override BsonType ReadBsonType()
    {
        if (Disposed)
        {
            ThrowObjectDisposedException();
        }
        if (State is not (BsonReaderState.Initial or BsonReaderState.Type or BsonReaderState.ScopeDocument))
        {
            ThrowInvalidState(nameof(ReadBsonType), BsonReaderState.Initial, BsonReaderState.Type, BsonReaderState.ScopeDocument);
        }
        switch (_levels.Current.Type)
        {
            case ContextType.Document or ContextType.ScopeDocument:
                return ReadTypeInDocument();
            case ContextType.Array:
                return ReadTypeInArray();
            default:
                ParseValue();
                State = BsonReaderState.Value;
                return CurrentBsonType;
        }
    }

    public override string ReadName(INameDecoder nameDecoder) => TakeName(nameDecoder);

    public override void SkipName()
    {
        MoveToName();
        State = BsonReaderState.Value;
    }

    public override void ReadStartDocument()
    {
        VerifyBsonType(nameof(ReadStartDocument), BsonType.Document);
        Push(_levels.Current.Type == ContextType.JavaScriptWithScope ? ContextType.ScopeDocument : ContextType.Document);
        State = BsonReaderState.Type;
    }

    public override void ReadEndDocument()
    {
        MoveToEnd(nameof(ReadEndDocument), BsonReaderState.EndOfDocument);
        if (_levels.Pop().Type == ContextType.ScopeDocument)
        {
            _levels.Pop();
            _scanner.Expect("}");
        }
        EndValue();
    }

    public override void ReadStartArray()
    {
        VerifyBsonType(nameof(ReadStartArray), BsonType.Array);
        Push(ContextType.Array);
        State = BsonReaderState.Type;
    }

    public override void ReadEndArray()
    {
        MoveToEnd(nameof(ReadEndArray), BsonReaderState.EndOfArray);
        _levels.Pop();
        EndValue();
    }

    public override string ReadJavaScriptWithScope()
    {
        VerifyBsonType(nameof(ReadJavaScriptWithScope), BsonType.JavaScriptWithScope);
        Push(ContextType.JavaScriptWithScope);
        State = BsonReaderState.ScopeDocument;
        return _code;
    }

    public override void ReturnToBookmark(BsonReaderBookmark bookmark)
    {
        RestoreState(bookmark);
        var position = (JsonReaderBookmark)bookmark;
        _levels.Restore(position.Levels);
        _value = position.Value;
        _code = position.Code;
        _scanner.Position = position.Position;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }
        base.Dispose(disposing);
    }

    internal override string DescribePath()
    {
        var names = _levels.All.Where(level => level.Index > 0)
            .Select(level => level.Type == ContextType.Array ? $"{level.Index - 1}" : level.Name).Where(name => name != null);
        return DescribePath(names);
    }

    private static string ReadAll(TextReader textReader)
    {
        ArgumentNullException.ThrowIfNull(textReader);
        return textReader.ReadToEnd();
    }

    // The shell allows a comma before the end of a document or array.
    private BsonType ReadTypeInDocument()
    {
        var token = _scanner.Next();
        token = token.Is("}") ? token : Separate(token);
        if (token.Is("}"))
        {
            State = BsonReaderState.EndOfDocument;
            return CurrentBsonType = BsonType.EndOfDocument;
        }
        if (!token.IsName)
        {
            throw JsonScanner.Error($"'{token.Text}' instead of the name of an element", token.Position);
        }
        if (token.Text.Contains('\0', StringComparison.Ordinal))
        {
            throw JsonScanner.Error("a NUL character in the name of an element", token.Position);
        }
        CurrentName = token.Text;
        _levels.Current = _levels.Current with { Name = token.Text };
        _scanner.Expect(":");
        ParseValue();
        State = BsonReaderState.Name;
        return CurrentBsonType;
    }

    private BsonType ReadTypeInArray()
    {
        var start = _scanner.Position;
        var token = _scanner.Next();
        if (token.Is("]"))
        {
            State = BsonReaderState.EndOfArray;
            return CurrentBsonType = BsonType.EndOfDocument;
        }
        if (_levels.Current.Index == 0)
        {
            _scanner.Position = start;
        }
        else if (!token.Is(","))
        {
            throw JsonScanner.Error($"'{token.Text}' instead of ',' or ']'", token.Position);
        }
        else if (_scanner.TrySkip("]"))
        {
            State = BsonReaderState.EndOfArray;
            return CurrentBsonType = BsonType.EndOfDocument;
        }
        _levels.Current = _levels.Current with { Index = _levels.Current.Index + 1 };
        ParseValue();
        State = BsonReaderState.Value;
        return CurrentBsonType;
    }

    private JsonToken Separate(JsonToken token)
    {
        var isFirst = _levels.Current.Index == 0;
        _levels.Current = _levels.Current with { Index = _levels.Current.Index + 1 };
        return isFirst ? token
            : token.Is(",") ? _scanner.Next()
            : throw JsonScanner.Error($"'{token.Text}' instead of ',' or '}}'", token.Position);
    }

    private void ParseValue()
    {
        (CurrentBsonType, _value) = _parser.Parse();
        _code = _parser.Code;
    }

    private void Push(ContextType type) => _levels.Push(new Level(type, null, 0));

    private void EndValue() => State = _levels.Current.Type == ContextType.TopLevel ? BsonReaderState.Initial : BsonReaderState.Type;

    /// <param name="Type">What encloses the elements.</param>
    /// <param name="Name">The present element of a document.</param>
    /// <param name="Index">How many elements were begun.</param>
    internal readonly record struct Level(ContextType Type, string Name, int Index);
}
