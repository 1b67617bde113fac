namespace MongoDB.Bson.IO;

/// <summary>Reads a <see cref="BsonDocument"/>.</summary>
public class BsonDocumentReader : BsonReader
{
    private readonly LevelStack<Level> _levels;
    private BsonValue _value;

    public BsonDocumentReader(BsonDocument document) : this(document, BsonDocumentReaderSettings.Defaults) { }

    public BsonDocumentReader(BsonDocument document, BsonDocumentReaderSettings settings) : base(settings)
    {
        ArgumentNullException.ThrowIfNull(document);
        _levels = new(new Level(ContextType.TopLevel, document, 0));
        _value = document;
    }

    public override void Close() => State = BsonReaderState.Closed;

    public override BsonReaderBookmark GetBookmark() =>
        new BsonDocumentReaderBookmark(State, CurrentBsonType, CurrentName, [.. _levels.All], _value);

    public override bool IsAtEndOfFile() => State == BsonReaderState.Done;

    public override BsonType ReadBsonType()
    {
        if (Disposed)
        {
            ThrowObjectDisposedException();
        }
        if (State is BsonReaderState.Initial or BsonReaderState.ScopeDocument)
        {
            CurrentBsonType = BsonType.Document;
            State = BsonReaderState.Value;
            return CurrentBsonType;
        }
        if (State != BsonReaderState.Type)
        {
            ThrowInvalidState(nameof(ReadBsonType), BsonReaderState.Type);
        }
        ref var level = ref _levels.Current;
        if (level.Container is BsonArray array)
        {
            if (level.Index == array.Count)
            {
                State = BsonReaderState.EndOfArray;
                return CurrentBsonType = BsonType.EndOfDocument;
            }
            _value = array[level.Index];
            State = BsonReaderState.Value;
        }
        else
        {
            var document = (BsonDocument)level.Container;
            if (level.Index == document.ElementCount)
            {
                State = BsonReaderState.EndOfDocument;
                return CurrentBsonType = BsonType.EndOfDocument;
            }
            var element = document.GetElement(level.Index);
            CurrentName = element.Name;
            _value = element.Value;
            State = BsonReaderState.Name;
        }
        level = level with { Index = level.Index + 1 };
        return CurrentBsonType = _value.BsonType;
    }

    public override string ReadName(INameDecoder nameDecoder) => TakeName(nameDecoder);

    public override void SkipName()
    {
        MoveToName();
        State = BsonReaderState.Value;
    }

    public override void SkipValue()
    {
        if (State != BsonReaderState.Value)
        {
            ThrowInvalidState(nameof(SkipValue), BsonReaderState.Value);
        }
        State = BsonReaderState.Type;
    }

    public override byte[] ReadBytes()
    {
        var binary = ReadBinaryData();
#pragma warning disable CS0618 // old documents hold this subtype
        return binary.SubType is BsonBinarySubType.Binary or BsonBinarySubType.OldBinary ? binary.Bytes
#pragma warning restore CS0618
            : throw new FormatException($"Binary data of subtype {binary.SubType} is not just bytes{DescribePath()}.");
    }

    public override void ReadStartDocument()
    {
        VerifyBsonType(nameof(ReadStartDocument), BsonType.Document);
        _levels.Push(new Level(_levels.Current.Type == ContextType.JavaScriptWithScope ? ContextType.ScopeDocument : ContextType.Document, _value, 0));
        State = BsonReaderState.Type;
    }

    public override void ReadEndDocument()
    {
        MoveToEnd(nameof(ReadEndDocument), BsonReaderState.EndOfDocument);
        if (_levels.Pop().Type == ContextType.ScopeDocument)
        {
            _levels.Pop();
        }
        State = NextState();
    }

    public override void ReadStartArray()
    {
        VerifyBsonType(nameof(ReadStartArray), BsonType.Array);
        _levels.Push(new Level(ContextType.Array, _value, 0));
        State = BsonReaderState.Type;
    }

    public override void ReadEndArray()
    {
        MoveToEnd(nameof(ReadEndArray), BsonReaderState.EndOfArray);
        _levels.Pop();
        State = NextState();
    }

    public override string ReadJavaScriptWithScope()
    {
        VerifyBsonType(nameof(ReadJavaScriptWithScope), BsonType.JavaScriptWithScope);
        var code = _value.AsBsonJavaScriptWithScope;
        _levels.Push(new Level(ContextType.JavaScriptWithScope, code, 0));
        _value = code.Scope;
        State = BsonReaderState.ScopeDocument;
        return code.Code;
    }

    public override void ReturnToBookmark(BsonReaderBookmark bookmark)
    {
        RestoreState(bookmark);
        var position = (BsonDocumentReaderBookmark)bookmark;
        _levels.Restore(position.Levels);
        _value = position.Value;
    }

    public override BsonBinaryData ReadBinaryData() => Take(nameof(ReadBinaryData), BsonType.Binary).AsBsonBinaryData;

    public override bool ReadBoolean() => Take(nameof(ReadBoolean), BsonType.Boolean).AsBoolean;

    public override long ReadDateTime() => Take(nameof(ReadDateTime), BsonType.DateTime).AsBsonDateTime.MillisecondsSinceEpoch;

    public override Decimal128 ReadDecimal128() => Take(nameof(ReadDecimal128), BsonType.Decimal128).AsDecimal128;

    public override double ReadDouble() => Take(nameof(ReadDouble), BsonType.Double).AsDouble;

    public override int ReadInt32() => Take(nameof(ReadInt32), BsonType.Int32).AsInt32;

    public override long ReadInt64() => Take(nameof(ReadInt64), BsonType.Int64).AsInt64;

    public override string ReadJavaScript() => Take(nameof(ReadJavaScript), BsonType.JavaScript).AsBsonJavaScript.Code;

    public override ObjectId ReadObjectId() => Take(nameof(ReadObjectId), BsonType.ObjectId).AsObjectId;

    public override BsonRegularExpression ReadRegularExpression() => Take(nameof(ReadRegularExpression), BsonType.RegularExpression).AsBsonRegularExpression;

    public override string ReadString() => Take(nameof(ReadString), BsonType.String).AsString;

    public override string ReadSymbol() => Take(nameof(ReadSymbol), BsonType.Symbol).AsBsonSymbol.Name;

    public override long ReadTimestamp() => Take(nameof(ReadTimestamp), BsonType.Timestamp).AsBsonTimestamp.Value;

    public override void ReadMaxKey() => Take(nameof(ReadMaxKey), BsonType.MaxKey);

    public override void ReadMinKey() => Take(nameof(ReadMinKey), BsonType.MinKey);

    public override void ReadNull() => Take(nameof(ReadNull), BsonType.Null);

    public override void ReadUndefined() => Take(nameof(ReadUndefined), BsonType.Undefined);

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
        var names = _levels.All.Where(level => level.Type is not (ContextType.TopLevel or ContextType.JavaScriptWithScope))
            .Where(level => level.Index > 0)
            .Select(level => level.Container is BsonDocument document
                ? document.GetElement(level.Index - 1).Name
                : $"{level.Index - 1}");
        return DescribePath(names);
    }

    private BsonValue Take(string methodName, BsonType type)
    {
        VerifyBsonType(methodName, type);
        State = NextState();
        return _value;
    }

    private BsonReaderState NextState() => _levels.Current.Type == ContextType.TopLevel ? BsonReaderState.Done : BsonReaderState.Type;

    /// <param name="Type">What encloses the elements.</param>
    /// <param name="Container">The document, array or code.</param>
    /// <param name="Index">The next element.</param>
    internal readonly record struct Level(ContextType Type, BsonValue Container, int Index);
}
