using MongoDB.Bson.IO;

namespace MongoDB.Bson.Serialization;

/// <summary>Reads and writes one member of a class.</summary>
internal abstract class MemberCodec<TClass>(BsonMemberMap map)
{
    public BsonMemberMap Map { get; } = map;

    public static MemberCodec<TClass> Create(BsonMemberMap map) =>
        (MemberCodec<TClass>)Activator.CreateInstance(typeof(MemberCodec<,>).MakeGenericType(typeof(TClass), map.MemberType), map);

    /// <param name="context">The writer and its context.</param>
    /// <param name="binary">The same writer where it is a binary one, else null.</param>
    /// <param name="obj">The object.</param>
    /// <param name="elementName">The element's name in UTF-8.</param>
    public abstract void Write(BsonSerializationContext context, BsonBinaryWriter binary, TClass obj, byte[] elementName);

    public abstract void Read(BsonDeserializationContext context, ref TClass obj);

    /// <summary>Reads the value for later.</summary>
    public abstract void Read(BsonDeserializationContext context, MemberSlot slot);

    /// <summary>Reads the whole next element, where it is this member's and plain: into the slot, or without one into the object.</summary>
    public abstract bool TryRead(ByteBufferStream stream, MemberSlot slot, ref TClass obj);

    public abstract void ApplyDefault(ref TClass obj);

    public abstract MemberSlot CreateSlot();

    public abstract void ApplyDefault(MemberSlot slot);

    public abstract void Set(ref TClass obj, MemberSlot slot);
}

/// <summary>The same with the type of the member.</summary>
internal sealed class MemberCodec<TClass, TMember> : MemberCodec<TClass>
{
    private readonly Func<TClass, TMember> _getter;
    private readonly MemberSetter<TClass, TMember> _setter;
    private readonly bool _hasCondition;
    private readonly bool _skipsPlainDefault;

    // Both found at the first use, because classes may refer to each other.
    private IBsonSerializer<TMember> _serializer;
    private PlainValue<TMember> _plain;

    public MemberCodec(BsonMemberMap map) : base(map)
    {
        _getter = MemberAccessCompiler.CompileGetter<TClass, TMember>(map.MemberInfo);
        _setter = map.IsReadOnly ? null : MemberAccessCompiler.CompileSetter<TClass, TMember>(map.MemberInfo);
        _skipsPlainDefault = map.IgnoreIfDefault && !map.IsDefaultValueSpecified;
        _hasCondition = map.IgnoreIfNull || map.IgnoreIfDefault || map.ShouldSerializeMethod != null;
    }

    private IBsonSerializer<TMember> Serializer => _serializer ?? FindSerializer();

    /// <summary>Null where the serializer must be asked.</summary>
    private PlainValue<TMember> Plain
    {
        get
        {
            if (_serializer == null)
            {
                FindSerializer();
            }
            return _plain;
        }
    }

    public override void Write(BsonSerializationContext context, BsonBinaryWriter binary, TClass obj, byte[] elementName)
    {
        var value = _getter(obj);
        if (_hasCondition && !IsWritten(obj, value))
        {
            return;
        }
        if (Plain is { } plain && binary?.StartElement() is { } stream)
        {
            plain.Write(stream, value);
            binary.EndElement();
            return;
        }
        if (context.Writer is BsonWriter known)
        {
            known.WriteName(Map.ElementName, elementName);
        }
        else
        {
            context.Writer.WriteName(Map.ElementName);
        }
        Serializer.Serialize(context, new BsonSerializationArgs { NominalType = typeof(TMember) }, value);
    }

    public override void Read(BsonDeserializationContext context, ref TClass obj)
    {
        if (_setter == null)
        {
            // A property without setter can be written only.
            context.Reader.SkipValue();
            return;
        }
        _setter(ref obj, ReadValue(context));
    }

    public override void Read(BsonDeserializationContext context, MemberSlot slot) => ((MemberSlot<TMember>)slot).Value = ReadValue(context);

    public override bool TryRead(ByteBufferStream stream, MemberSlot slot, ref TClass obj)
    {
        if (Plain is not { } plain || (slot == null && _setter == null) || !plain.TryRead(stream, out var value))
        {
            return false;
        }
        if (slot == null)
        {
            _setter(ref obj, value);
        }
        else
        {
            ((MemberSlot<TMember>)slot).Value = value;
        }
        return true;
    }

    public override void ApplyDefault(ref TClass obj)
    {
        if (Map.IsDefaultValueSpecified)
        {
            _setter?.Invoke(ref obj, (TMember)Map.DefaultValue);
        }
    }

    public override MemberSlot CreateSlot() => new MemberSlot<TMember>();

    public override void ApplyDefault(MemberSlot slot) => ((MemberSlot<TMember>)slot).Value = (TMember)Map.DefaultValue;

    public override void Set(ref TClass obj, MemberSlot slot) => _setter?.Invoke(ref obj, ((MemberSlot<TMember>)slot).Value);

    private IBsonSerializer<TMember> FindSerializer()
    {
        var serializer = (IBsonSerializer<TMember>)Map.GetSerializer();
        _plain = PlainValue.For(serializer, Map.ElementName);
        return _serializer = serializer;
    }

    private TMember ReadValue(BsonDeserializationContext context) =>
        Serializer.Deserialize(context, new BsonDeserializationArgs { NominalType = typeof(TMember) });

    private bool IsWritten(TClass obj, TMember value)
    {
        if (Map.IgnoreIfNull && value is null)
        {
            return false;
        }
        if (Map.IgnoreIfDefault &&
            (_skipsPlainDefault ? EqualityComparer<TMember>.Default.Equals(value, default) : Equals(Map.DefaultValue, value)))
        {
            return false;
        }
        return Map.ShouldSerializeMethod == null || Map.ShouldSerializeMethod(obj);
    }
}

/// <summary>Holds the value of a member until the object can be made.</summary>
internal abstract class MemberSlot
{
    public abstract void Clear();
}

/// <summary>The same with the type of the member.</summary>
internal sealed class MemberSlot<TMember> : MemberSlot
{
    public TMember Value;

    public override void Clear() => Value = default;
}
