using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.IO;

/// <summary>What all writers share: state, depth, settings and the validation of names.</summary>
public abstract class BsonWriter : IBsonWriter
{
    // The validators around the present one, each with how often it was pushed onto itself, which is what levels mostly do.
    private Stack<(IElementNameValidator Validator, int Repeated)> _enclosingValidators;
    private Stack<BsonWriterSettings> _pushedSettings;
    private IElementNameValidator _validator = NoOpElementNameValidator.Instance;
    private int _repeated;

    // Whether a name was written since the validator was set, so that the next level asks it for the child's validator.
    private bool _hasNameForChild;

    protected BsonWriter(BsonWriterSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Settings = settings.FrozenCopy();
        State = BsonWriterState.Initial;
    }

    public abstract long Position { get; }

    public int SerializationDepth { get; private set; }

    public BsonWriterSettings Settings { get; private set; }

    public BsonWriterState State { get; protected set; }

    public bool Disposed { get; private set; }

    protected string Name { get; private set; }

    private protected bool AcceptsEveryName => ReferenceEquals(_validator, NoOpElementNameValidator.Instance);

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

    public abstract void Flush();

    public void PopElementNameValidator()
    {
        if (_repeated > 0)
        {
            _repeated--;
        }
        else
        {
            (_validator, _repeated) = _enclosingValidators?.Pop() ?? throw new InvalidOperationException("No validator was pushed.");
        }
        _hasNameForChild = false;
    }

    public void PopSettings() => Settings = _pushedSettings.Pop();

    public void PushElementNameValidator(IElementNameValidator validator)
    {
        ArgumentNullException.ThrowIfNull(validator);
        if (ReferenceEquals(validator, _validator))
        {
            _repeated++;
        }
        else
        {
            (_enclosingValidators ??= new()).Push((_validator, _repeated));
            (_validator, _repeated) = (validator, 0);
        }
        _hasNameForChild = false;
    }

    public void PushSettings(Action<BsonWriterSettings> configurator)
    {
        ArgumentNullException.ThrowIfNull(configurator);
        var changed = Settings.Clone();
        configurator(changed);
        (_pushedSettings ??= new()).Push(Settings);
        Settings = changed.Freeze();
    }

    public virtual void WriteEndArray() => LeaveLevel();

    public virtual void WriteEndDocument() => LeaveLevel();

    public virtual void WriteGuid(Guid value) => WriteGuid(value, GuidRepresentation.Standard);

    public virtual void WriteGuid(Guid value, GuidRepresentation guidRepresentation) => WriteBinaryData(new BsonBinaryData(value, guidRepresentation));

    /// <exception cref="BsonSerializationException">The name has a NUL character or the validator refuses it.</exception>
    public virtual void WriteName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Contains('\0', StringComparison.Ordinal))
        {
            throw new BsonSerializationException("The name of an element must not have NUL characters.");
        }
        AcceptName(name);
    }

    public virtual void WriteRawBsonArray(IByteBuffer slice)
    {
        var array = new RawBsonArray(slice);
        BsonArraySerializer.Instance.Serialize(BsonSerializationContext.CreateRoot(this), array.Materialize(BsonBinaryReaderSettings.Defaults));
    }

    public virtual void WriteRawBsonDocument(IByteBuffer slice)
    {
        var document = new RawBsonDocument(slice);
        BsonDocumentSerializer.Instance.Serialize(BsonSerializationContext.CreateRoot(this), document.Materialize(BsonBinaryReaderSettings.Defaults));
    }

    /// <exception cref="BsonSerializationException">Too many levels are open.</exception>
    public virtual void WriteStartArray() => EnterLevel();

    /// <exception cref="BsonSerializationException">Too many levels are open.</exception>
    public virtual void WriteStartDocument() => EnterLevel();

    public abstract void WriteBinaryData(BsonBinaryData binaryData);

    public abstract void WriteBoolean(bool value);

    public abstract void WriteBytes(byte[] bytes);

    public abstract void WriteDateTime(long value);

    public abstract void WriteDecimal128(Decimal128 value);

    public abstract void WriteDouble(double value);

    public abstract void WriteInt32(int value);

    public abstract void WriteInt64(long value);

    public abstract void WriteJavaScript(string code);

    public abstract void WriteJavaScriptWithScope(string code);

    public abstract void WriteMaxKey();

    public abstract void WriteMinKey();

    public abstract void WriteNull();

    public abstract void WriteObjectId(ObjectId objectId);

    public abstract void WriteRegularExpression(BsonRegularExpression regex);

    public abstract void WriteString(string value);

    public abstract void WriteSymbol(string value);

    public abstract void WriteTimestamp(long value);

    public abstract void WriteUndefined();

    /// <summary>Writes a name whose bytes are known, which has no NUL character.</summary>
    internal virtual void WriteName(string name, byte[] utf8) => WriteName(name);

    protected virtual void Dispose(bool disposing) { }

    protected void ThrowInvalidContextType(string methodName, ContextType actualContextType, params ContextType[] validContextTypes) =>
        throw new InvalidOperationException(
            $"{methodName} needs a context of type {string.Join(" or ", validContextTypes)}, not {actualContextType}.");

    protected void ThrowInvalidState(string methodName, params BsonWriterState[] validStates)
    {
        ArgumentNullException.ThrowIfNull(methodName);
        var isValue = !methodName.StartsWith("WriteEnd", StringComparison.Ordinal) && methodName != nameof(WriteName);
        throw new InvalidOperationException(isValue && State is BsonWriterState.Initial or BsonWriterState.ScopeDocument or BsonWriterState.Done
            ? $"{methodName}: the root of BSON must be a document."
            : $"{methodName} needs a writer in the state {string.Join(" or ", validStates)}, not {State}.");
    }

    private protected void AcceptName(string name)
    {
        ThrowIfDisposed();
        if (State != BsonWriterState.Name)
        {
            ThrowInvalidState(nameof(WriteName), BsonWriterState.Name);
        }
        if (!_validator.IsValidElementName(name))
        {
            throw new BsonSerializationException($"The name '{name}' is not valid for an element here.");
        }
        Name = name;
        State = BsonWriterState.Value;
        _hasNameForChild = true;
    }

    private protected void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Disposed, this);

    private protected void RequireValueState(string methodName) => RequireState(methodName, BsonWriterState.Value);

    private protected void RequireStartState(string methodName)
    {
        ThrowIfDisposed();
        if (State is BsonWriterState.Name or BsonWriterState.Closed)
        {
            ThrowInvalidState(methodName, BsonWriterState.Initial, BsonWriterState.Value, BsonWriterState.ScopeDocument, BsonWriterState.Done);
        }
    }

    /// <summary>Makes sure that what is open may end: a document where a name could follow, an array where a value could.</summary>
    private protected void RequireEnd(string methodName, BsonWriterState state, ContextType open)
    {
        RequireState(methodName, state);
        if (state == BsonWriterState.Value && open != ContextType.Array)
        {
            ThrowInvalidContextType(methodName, open, ContextType.Array);
        }
        if (state == BsonWriterState.Name && open == ContextType.Array)
        {
            ThrowInvalidContextType(methodName, open, ContextType.Document, ContextType.ScopeDocument);
        }
    }

    private void RequireState(string methodName, BsonWriterState state)
    {
        ThrowIfDisposed();
        if (State != state)
        {
            ThrowInvalidState(methodName, state);
        }
    }

    private void EnterLevel()
    {
        SerializationDepth++;
        if (SerializationDepth > Settings.MaxSerializationDepth)
        {
            throw new BsonSerializationException(
                $"More than {Settings.MaxSerializationDepth} levels are nested in each other; perhaps an object refers back to itself.");
        }
        PushElementNameValidator(_hasNameForChild && !AcceptsEveryName ? _validator.GetValidatorForChildContent(Name) : _validator);
    }

    private void LeaveLevel()
    {
        SerializationDepth--;
        PopElementNameValidator();
    }
}
