using System.Runtime.CompilerServices;

namespace MongoDB.Bson.IO;

/// <summary>
/// Reads encoded BSON. Whatever the bytes are, it either returns values or throws <see cref="FormatException"/>,
/// <see cref="EndOfStreamException"/> or <see cref="System.Text.DecoderFallbackException"/>; it never reads behind the end
/// of a document.
/// </summary>
public partial class BsonBinaryReader : BsonReader
{
    private const int SmallestDocument = 5;

    // Null where a subclass of reader or stream may want to see each value, or the settings are not the usual ones.
    private readonly ByteBufferStream _directStream;
    private readonly BsonReaderSettings _firstSettings;
    private Level[] _levels = new Level[4];
    private int _depth;

    public BsonBinaryReader(Stream stream) : this(stream, BsonBinaryReaderSettings.Defaults) { }

    public BsonBinaryReader(Stream stream, BsonBinaryReaderSettings settings) : base(settings)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
        {
            throw new ArgumentException("The stream cannot seek.", nameof(stream));
        }
        BaseStream = stream;
        BsonStream = stream as BsonStream ?? new BsonStreamAdapter(stream);
        _firstSettings = base.Settings;
        _directStream = GetType() == typeof(BsonBinaryReader) && BsonStream.GetType() == typeof(ByteBufferStream) &&
            ReferenceEquals(Settings.Encoding, Utf8Encodings.Strict) ? (ByteBufferStream)BsonStream : null;
        _levels[0] = new Level { Type = ContextType.TopLevel, End = long.MaxValue };
    }

    public Stream BaseStream { get; }

    public BsonStream BsonStream { get; }

    /// <summary>Where whole elements can be read without the reader, which is told of them; null where it must see them.</summary>
    internal ByteBufferStream DirectStream =>
        State == BsonReaderState.Type && _levels[_depth].Type != ContextType.Array && ReferenceEquals(base.Settings, _firstSettings)
            ? _directStream
            : null;

    public new BsonBinaryReaderSettings Settings => (BsonBinaryReaderSettings)base.Settings;

    private ref Level Current => ref _levels[_depth];

    public override void Close() => State = BsonReaderState.Closed;

    public override BsonReaderBookmark GetBookmark() =>
        new BsonBinaryReaderBookmark(State, CurrentBsonType, CurrentName, _levels.AsSpan(0, _depth + 1).ToArray(), BsonStream.Position);

    public override bool IsAtEndOfFile() => BsonStream.Position >= BsonStream.Length;

    public override BsonType ReadBsonType()
    {
        if (State != BsonReaderState.Type)
        {
            return ReadImpliedType();
        }
        ref var level = ref Current;
        var type = BsonStream.ReadByte();
        if (!BsonStreamExtensions.IsBsonType(type))
        {
            throw type < 0 ? new EndOfStreamException($"The data ends within a document{DescribePath()}.")
                : new FormatException($"There is no BSON type 0x{type:x2}, which stands before {DescribeNextElement()}.");
        }
        CurrentBsonType = (BsonType)type;
        if (CurrentBsonType == BsonType.EndOfDocument)
        {
            State = level.Type == ContextType.Array ? BsonReaderState.EndOfArray : BsonReaderState.EndOfDocument;
            return BsonType.EndOfDocument;
        }
        level.Index++;
        if (level.Type == ContextType.Array)
        {
            SkipText();
            State = BsonReaderState.Value;
        }
        else
        {
            State = BsonReaderState.Name;
        }
        return CurrentBsonType;
    }

    public override string ReadName(INameDecoder nameDecoder)
    {
        ArgumentNullException.ThrowIfNull(nameDecoder);
        MoveToName();
        Current.NamePosition = BsonStream.Position;
        try
        {
            CurrentName = nameDecoder.Decode(BsonStream, Settings.Encoding);
        }
        catch (Exception exception) when (IsDataError(exception))
        {
            throw WithPath(exception);
        }
        State = BsonReaderState.Value;
        return CurrentName;
    }

    public override void SkipName()
    {
        MoveToName();
        Current.NamePosition = BsonStream.Position;
        SkipText();
        CurrentName = null;
        State = BsonReaderState.Value;
    }

    public override void ReadStartDocument()
    {
        VerifyBsonType(nameof(ReadStartDocument), BsonType.Document);
        // The document of code with scope ends where both end.
        var type = _levels[_depth].Type == ContextType.JavaScriptWithScope ? ContextType.ScopeDocument : ContextType.Document;
        Push(type, ReadSize(SmallestDocument), 4);
        State = BsonReaderState.Type;
    }

    public override void ReadEndDocument()
    {
        MoveToEnd(nameof(ReadEndDocument), BsonReaderState.EndOfDocument);
        if (Pop() == ContextType.ScopeDocument)
        {
            Pop();
        }
        State = NextState();
    }

    public override void ReadStartArray()
    {
        VerifyBsonType(nameof(ReadStartArray), BsonType.Array);
        Push(ContextType.Array, ReadSize(SmallestDocument), 4);
        State = BsonReaderState.Type;
    }

    public override void ReadEndArray()
    {
        MoveToEnd(nameof(ReadEndArray), BsonReaderState.EndOfArray);
        Pop();
        State = NextState();
    }

    public override string ReadJavaScriptWithScope()
    {
        VerifyBsonType(nameof(ReadJavaScriptWithScope), BsonType.JavaScriptWithScope);
        // Two lengths, an empty string, and an empty document are the least.
        Push(ContextType.JavaScriptWithScope, ReadSize(4 + SmallestDocument + SmallestDocument), 4);
        var code = Take(static (stream, encoding) => stream.ReadString(encoding));
        State = BsonReaderState.ScopeDocument;
        return code;
    }

    public override IByteBuffer ReadRawBsonArray()
    {
        VerifyBsonType(nameof(ReadRawBsonArray), BsonType.Array);
        return ReadRaw();
    }

    public override IByteBuffer ReadRawBsonDocument()
    {
        VerifyBsonType(nameof(ReadRawBsonDocument), BsonType.Document);
        return ReadRaw();
    }

    public override void ReturnToBookmark(BsonReaderBookmark bookmark)
    {
        RestoreState(bookmark);
        var position = (BsonBinaryReaderBookmark)bookmark;
        _depth = position.Levels.Length - 1;
        if (_depth >= _levels.Length)
        {
            Array.Resize(ref _levels, position.Levels.Length);
        }
        position.Levels.CopyTo(_levels, 0);
        BsonStream.Position = position.Position;
    }

    internal override int ReadName(ElementNameTable table, int expected, out string name)
    {
        MoveToName();
        ref var level = ref Current;
        level.NamePosition = BsonStream.Position;
        int index;
        try
        {
            var utf8 = BsonStream.ReadCStringBytes();
            index = table.IndexOf(utf8, expected);
            name = index >= 0 ? table[index] : Utf8Helper.Decode(utf8, Settings.Encoding);
        }
        catch (Exception exception) when (IsDataError(exception))
        {
            throw WithPath(exception);
        }
        CurrentName = name;
        State = BsonReaderState.Value;
        return index;
    }

    /// <summary>
    /// Notes an element that was read without the reader, for messages. False, with the position before it again, where it
    /// reaches behind the end of the document.
    /// </summary>
    internal bool TryPassElement(int start, int end)
    {
        ref var level = ref Current;
        if (end > level.End)
        {
            _directStream.Position = start;
            return false;
        }
        level.NamePosition = start + 1;
        level.Index++;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }
        base.Dispose(disposing);
    }

    private BsonType ReadImpliedType()
    {
        if (Disposed)
        {
            ThrowObjectDisposedException();
        }
        if (State is not (BsonReaderState.Initial or BsonReaderState.ScopeDocument))
        {
            ThrowInvalidState(nameof(ReadBsonType), BsonReaderState.Type);
        }
        CurrentBsonType = BsonType.Document;
        State = BsonReaderState.Value;
        return CurrentBsonType;
    }

    /// <summary>Opens a level whose length was just read; the bytes of the length count already.</summary>
    private void Push(ContextType type, int size, int alreadyRead)
    {
        if (type is not ContextType.JavaScriptWithScope && size > Settings.MaxDocumentSize)
        {
            throw new FormatException($"A document of {size} bytes is larger than the allowed {Settings.MaxDocumentSize}{DescribePath()}.");
        }
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new FormatException($"The document is nested too deeply, {_depth} levels{DescribePath()}.");
        }
        var end = BsonStream.Position - alreadyRead + size;
        if (end > Current.End)
        {
            throw new FormatException($"A document or array of {size} bytes reaches behind the end of what encloses it{DescribePath()}.");
        }
        if (++_depth == _levels.Length)
        {
            Array.Resize(ref _levels, 2 * _depth);
        }
        _levels[_depth] = new Level { Type = type, End = end, Index = -1 };
    }

    private ContextType Pop()
    {
        var level = Current;
        if (BsonStream.Position != level.End)
        {
            throw new FormatException(
                $"A document or array ends {BsonStream.Position - level.End} bytes away from where its length says{DescribePath()}.");
        }
        _depth--;
        return level.Type;
    }

    private BsonReaderState NextState() => Current.Type switch
    {
        ContextType.TopLevel => BsonReaderState.Initial,
        _ => BsonReaderState.Type,
    };

    private void SkipText()
    {
        try
        {
            BsonStream.SkipCString();
        }
        catch (EndOfStreamException exception)
        {
            throw WithPath(exception);
        }
    }

    private IByteBuffer ReadRaw()
    {
        var slice = Take(static (stream, _) => stream.ReadSlice());
        if (Current.Type == ContextType.JavaScriptWithScope)
        {
            Pop();
        }
        State = NextState();
        return slice;
    }

    private int ReadSize(int smallest)
    {
        var size = Take(static (stream, _) => stream.ReadInt32());
        return size >= smallest ? size : throw new FormatException($"The length {size} is not valid for a value of type {CurrentBsonType}{DescribePath()}.");
    }

    internal struct Level
    {
        public ContextType Type;

        /// <summary>The position behind the last byte.</summary>
        public long End;

        /// <summary>Where the present element's name begins, to tell it in messages.</summary>
        public long NamePosition;

        /// <summary>The present element, counted from 0.</summary>
        public int Index;
    }
}
