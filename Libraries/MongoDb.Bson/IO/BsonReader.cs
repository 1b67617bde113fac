using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.IO;

/// <summary>What all readers share: state, settings and the checks of what may be called when.</summary>
public abstract class BsonReader : IBsonReader
{
    private Stack<BsonReaderSettings> _pushedSettings;

    protected BsonReader(BsonReaderSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Settings = settings.FrozenCopy();
        State = BsonReaderState.Initial;
    }

    public BsonType CurrentBsonType { get; protected set; }

    public BsonReaderSettings Settings { get; private set; }

    public BsonReaderState State { get; protected set; }

    protected string CurrentName { get; set; }

    protected bool Disposed { get; private set; }

    public abstract void Close();

    public void Dispose()
    {
        if (!Disposed)
        {
            Dispose(disposing: true);
            Disposed = true;
            GC.SuppressFinalize(this);
        }
    }

    public abstract BsonReaderBookmark GetBookmark();

    public BsonType GetCurrentBsonType()
    {
        MoveToValue();
        if (State != BsonReaderState.Value)
        {
            ThrowInvalidState(nameof(GetCurrentBsonType), BsonReaderState.Value);
        }
        return CurrentBsonType;
    }

    public abstract bool IsAtEndOfFile();

    public void PopSettings() => Settings = _pushedSettings.Pop();

    public void PushSettings(Action<BsonReaderSettings> configurator)
    {
        ArgumentNullException.ThrowIfNull(configurator);
        var changed = Settings.Clone();
        configurator(changed);
        (_pushedSettings ??= new()).Push(Settings);
        Settings = changed.Freeze();
    }

    public abstract BsonType ReadBsonType();

    public abstract void ReadEndArray();

    public abstract void ReadEndDocument();

    public virtual Guid ReadGuid() => ReadGuid(GuidRepresentation.Standard);

    public virtual Guid ReadGuid(GuidRepresentation guidRepresentation)
    {
        var binary = ReadBinaryData();
        return binary.SubType == GuidConverter.GetSubType(guidRepresentation) ? binary.ToGuid(guidRepresentation)
            : throw new FormatException($"Binary data of subtype {binary.SubType} is not a GUID in the representation {guidRepresentation}.");
    }

    public virtual string ReadName() => ReadName(Utf8NameDecoder.Instance);

    public abstract string ReadName(INameDecoder nameDecoder);

    public virtual IByteBuffer ReadRawBsonArray()
    {
        var array = BsonArraySerializer.Instance.Deserialize(BsonDeserializationContext.CreateRoot(this));
        using var scratch = ScratchBuffer.Rent(0);
        using (var writer = new BsonBinaryWriter(scratch.Stream))
        {
            writer.WriteStartDocument();
            writer.WriteName("a");
            BsonArraySerializer.Instance.Serialize(BsonSerializationContext.CreateRoot(writer), array);
            writer.WriteEndDocument();
        }
        // The array lies between the length, type and name of the document around it and that document's last byte.
        return new ByteArrayBuffer(scratch.ToArray()[7..^1], isReadOnly: true);
    }

    public virtual IByteBuffer ReadRawBsonDocument() => new ByteArrayBuffer(
        BsonDocumentSerializer.Instance.Deserialize(BsonDeserializationContext.CreateRoot(this)).ToBson(), isReadOnly: true);

    public abstract void ReadStartArray();

    public abstract void ReadStartDocument();

    public abstract void ReturnToBookmark(BsonReaderBookmark bookmark);

    public abstract void SkipName();

    public abstract void SkipValue();

    public abstract BsonBinaryData ReadBinaryData();

    public abstract bool ReadBoolean();

    public abstract byte[] ReadBytes();

    public abstract long ReadDateTime();

    public abstract Decimal128 ReadDecimal128();

    public abstract double ReadDouble();

    public abstract int ReadInt32();

    public abstract long ReadInt64();

    public abstract string ReadJavaScript();

    public abstract string ReadJavaScriptWithScope();

    public abstract void ReadMaxKey();

    public abstract void ReadMinKey();

    public abstract void ReadNull();

    public abstract ObjectId ReadObjectId();

    public abstract BsonRegularExpression ReadRegularExpression();

    public abstract string ReadString();

    public abstract string ReadSymbol();

    public abstract long ReadTimestamp();

    public abstract void ReadUndefined();

    /// <summary>
    /// Reads a name that is probably in a table, and returns its position there or -1. The position after the last one is
    /// tried first.
    /// </summary>
    internal virtual int ReadName(ElementNameTable table, int expected, out string name)
    {
        name = ReadName(Utf8NameDecoder.Instance);
        return table.IndexOf(name);
    }

    protected virtual void Dispose(bool disposing) { }

    protected void ThrowInvalidContextType(string methodName, ContextType actualContextType, params ContextType[] validContextTypes) =>
        throw new InvalidOperationException(
            $"{methodName} needs a context of type {string.Join(" or ", validContextTypes)}, not {actualContextType}.");

    protected void ThrowInvalidState(string methodName, params BsonReaderState[] validStates) =>
        throw new InvalidOperationException($"{methodName} needs a reader in the state {string.Join(" or ", validStates)}, not {State}.");

    protected void ThrowObjectDisposedException() => throw new ObjectDisposedException(GetType().Name);

    /// <summary>Moves to the present value, which must be of a type.</summary>
    protected void VerifyBsonType(string methodName, BsonType requiredBsonType)
    {
        if (Disposed)
        {
            ThrowObjectDisposedException();
        }
        MoveToValue();
        if (State != BsonReaderState.Value)
        {
            ThrowInvalidState(methodName, BsonReaderState.Value);
        }
        if (CurrentBsonType != requiredBsonType)
        {
            throw new InvalidOperationException($"{methodName} needs a value of type {requiredBsonType}, not {CurrentBsonType}{DescribePath()}.");
        }
    }

    /// <summary>" at 'a.b.0'", or nothing where the path is not known.</summary>
    internal virtual string DescribePath() => string.Empty;

    private protected static string DescribePath(IEnumerable<string> names)
    {
        var path = string.Join('.', names);
        return path.Length == 0 ? string.Empty : $" at '{path}'";
    }

    private protected void MoveToName()
    {
        if (State == BsonReaderState.Type)
        {
            ReadBsonType();
        }
        if (State != BsonReaderState.Name)
        {
            if (Disposed)
            {
                ThrowObjectDisposedException();
            }
            ThrowInvalidState(nameof(ReadName), BsonReaderState.Name);
        }
    }

    private protected void MoveToEnd(string methodName, BsonReaderState end)
    {
        if (Disposed)
        {
            ThrowObjectDisposedException();
        }
        if (State == BsonReaderState.Type)
        {
            ReadBsonType();
        }
        if (State != end)
        {
            ThrowInvalidState(methodName, end);
        }
    }

    /// <summary>Takes the present name where it is known already.</summary>
    private protected string TakeName(INameDecoder nameDecoder)
    {
        ArgumentNullException.ThrowIfNull(nameDecoder);
        SkipName();
        nameDecoder.Inform(CurrentName);
        return CurrentName;
    }

    private protected void RestoreState(BsonReaderBookmark bookmark)
    {
        ArgumentNullException.ThrowIfNull(bookmark);
        State = bookmark.State;
        CurrentBsonType = bookmark.CurrentBsonType;
        CurrentName = bookmark.CurrentName;
    }

    private void MoveToValue()
    {
        if (State is BsonReaderState.Initial or BsonReaderState.ScopeDocument or BsonReaderState.Type)
        {
            ReadBsonType();
        }
        if (State == BsonReaderState.Name)
        {
            SkipName();
        }
    }
}
