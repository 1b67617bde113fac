using System.ComponentModel;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.Serialization;

/// <summary>
/// A frozen class map, compiled: the members in an array, with typed access, and their elements in a table of names. After it
/// was made there is no reflection, and numbers are not boxed.
/// </summary>
internal sealed class ClassCodec<TClass>
{
    private readonly BsonClassMap _classMap;
    private readonly ElementNameTable _names;
    private readonly MemberCodec<TClass>[] _members;
    private readonly ObjectFactory<TClass> _factory;
    private readonly ExtraElements<TClass> _extraElements;
    private readonly int _idIndex;
    private readonly int _extraIndex;
    private readonly bool _hasMissingRule;

    public ClassCodec(BsonClassMap classMap)
    {
        _classMap = classMap;
        _names = classMap.ElementNames;
        _members = [.. classMap.AllMemberMaps.Select(MemberCodec<TClass>.Create)];
        _idIndex = classMap.AllMemberMaps.IndexOf(classMap.IdMemberMap);
        _extraIndex = classMap.AllMemberMaps.IndexOf(classMap.ExtraElementsMemberMap);
        _extraElements = _extraIndex < 0 ? null : new ExtraElements<TClass>(classMap.ExtraElementsMemberMap);
        _factory = new ObjectFactory<TClass>(classMap, _members);
        _hasMissingRule = classMap.AllMemberMaps.Any(map => map.IsRequired || map.IsDefaultValueSpecified);
    }

    /// <summary>Whether a document may be of a subclass, so that its discriminator must be looked for.</summary>
    public bool MayBeSubclass
    {
        get
        {
            if (typeof(TClass).IsSealed)
            {
                return false;
            }
            BsonSerializer.EnsureKnownTypesAreRegistered(typeof(TClass));
            return typeof(TClass).IsAbstract || BsonSerializer.IsTypeDiscriminated(typeof(TClass)) ||
                _classMap.GetDiscriminatorConvention() is not Conventions.StandardDiscriminatorConvention;
        }
    }

    /// <exception cref="FormatException">The document does not fit the class; the message has the path of the member.</exception>
    public TClass Read(BsonDeserializationContext context)
    {
        var reader = context.Reader;
        if (reader.GetCurrentBsonType() != BsonType.Document)
        {
            throw new FormatException($"A {typeof(TClass).FullName} cannot be read from a value of type {reader.CurrentBsonType}; it is a document.");
        }
        return _factory.UsesCreators ? ReadForCreator(context) : ReadInPlace(context);
    }

    public void Write(BsonSerializationContext context, BsonSerializationArgs args, TClass value)
    {
        var writer = context.Writer;
        writer.WriteStartDocument();
        var idIndex = args.SerializeIdFirst ? _idIndex : -1;
        if (idIndex >= 0)
        {
            WriteMembers(context, value, idIndex, idIndex + 1, leftOut: -1);
        }
        WriteDiscriminator(context, args.NominalType, value);
        WriteMembers(context, value, 0, _members.Length, leftOut: idIndex);
        writer.WriteEndDocument();
    }

    private void WriteMembers(BsonSerializationContext context, TClass value, int start, int end, int leftOut)
    {
        var binary = context.Writer as BsonBinaryWriter;
        var index = start;
        try
        {
            for (; index < end; index++)
            {
                if (index == leftOut)
                {
                    continue;
                }
                if (index == _extraIndex)
                {
                    _extraElements.Write(context, value);
                    continue;
                }
                _members[index].Write(context, binary, value, _names.Utf8(index));
            }
        }
        catch (Exception exception) when (exception is not BsonSerializationException { InnerException: null } and not OutOfMemoryException)
        {
            throw new BsonSerializationException(
                $"{_members[index].Map.MemberName} of {typeof(TClass).FullName} cannot be written: {exception.Message}", exception);
        }
    }

    private void WriteDiscriminator(BsonSerializationContext context, Type nominalType, TClass value)
    {
        var isWanted = (nominalType != typeof(TClass) || _classMap.DiscriminatorIsRequired || _classMap.HasRootClass) && !_classMap.IsAnonymous;
        if (!isWanted)
        {
            return;
        }
        var convention = _classMap.GetDiscriminatorConvention();
        if (convention?.GetDiscriminator(nominalType, value.GetType()) is { } discriminator)
        {
            context.Writer.WriteName(convention.ElementName);
            BsonValueSerializer.Instance.Serialize(context, discriminator);
        }
    }

    private TClass ReadInPlace(BsonDeserializationContext context)
    {
        var reader = context.Reader;
        var obj = _factory.Create();
        var initialized = typeof(TClass).IsValueType ? null : obj as ISupportInitialize;
        initialized?.BeginInit();
        Span<ulong> seen = stackalloc ulong[(_members.Length + 63) / 64];
        seen.Clear();
        var expected = 0;
        var binary = reader as BsonBinaryReader;
        reader.ReadStartDocument();
        while (true)
        {
            expected = ReadPlainMembers(binary, expected, seen, slots: null, ref obj);
            if (reader.ReadBsonType() == BsonType.EndOfDocument)
            {
                break;
            }
            var index = ReadName(reader, expected, out var name);
            if (index < 0)
            {
                ReadUnknown(context, name, ref obj);
                continue;
            }
            expected = index + 1;
            Mark(seen, index);
            ReadMember(context, index, ref obj);
        }
        reader.ReadEndDocument();
        if (_hasMissingRule)
        {
            ApplyMissing(seen, ref obj);
        }
        initialized?.EndInit();
        return obj;
    }

    private void ReadMember(BsonDeserializationContext context, int index, ref TClass obj)
    {
        try
        {
            if (index == _extraIndex)
            {
                _extraElements.ReadAsMember(context, ref obj);
                return;
            }
            _members[index].Read(context, ref obj);
        }
        catch (Exception exception) when (IsDataError(exception))
        {
            throw Unreadable(index, exception);
        }
    }

    private void ReadMember(BsonDeserializationContext context, int index, MemberSlot[] slots)
    {
        try
        {
            _members[index].Read(context, slots[index]);
        }
        catch (Exception exception) when (IsDataError(exception))
        {
            throw Unreadable(index, exception);
        }
    }

    /// <summary>
    /// Reads as many plain members as follow in their order, into the slots or without them into the object, and returns the
    /// index behind the last one.
    /// </summary>
    private int ReadPlainMembers(BsonBinaryReader reader, int index, Span<ulong> seen, MemberSlot[] slots, ref TClass obj)
    {
        if (reader?.DirectStream is not { } stream)
        {
            return index;
        }
        try
        {
            for (; index < _members.Length && index != _extraIndex; index++)
            {
                var start = stream.RawPosition;
                if (!_members[index].TryRead(stream, slots?[index], ref obj) || !reader.TryPassElement(start, stream.RawPosition))
                {
                    break;
                }
                Mark(seen, index);
            }
            return index;
        }
        catch (Exception exception) when (IsDataError(exception))
        {
            throw Unreadable(index, exception);
        }
    }

    private static void Mark(Span<ulong> seen, int index) => seen[index >> 6] |= 1UL << (index & 63);

    private void ApplyMissing(ReadOnlySpan<ulong> seen, ref TClass obj)
    {
        for (var index = 0; index < _members.Length; index++)
        {
            if ((seen[index >> 6] & (1UL << (index & 63))) != 0)
            {
                continue;
            }
            RequireOptional(index);
            _members[index].ApplyDefault(ref obj);
        }
    }

    private TClass ReadForCreator(BsonDeserializationContext context)
    {
        var reader = context.Reader;
        var slots = _factory.RentSlots();
        var binary = reader as BsonBinaryReader;
        BsonDocument extra = null;
        TClass notYet = default;
        Span<ulong> seen = stackalloc ulong[(_members.Length + 63) / 64];
        seen.Clear();
        var expected = 0;
        try
        {
            reader.ReadStartDocument();
            while (true)
            {
                expected = ReadPlainMembers(binary, expected, seen, slots, ref notYet);
                if (reader.ReadBsonType() == BsonType.EndOfDocument)
                {
                    break;
                }
                var index = ReadName(reader, expected, out var name);
                if (index < 0)
                {
                    ReadUnknown(context, name, ref extra);
                    continue;
                }
                expected = index + 1;
                Mark(seen, index);
                ReadMember(context, index, slots);
            }
            reader.ReadEndDocument();
            for (var index = 0; index < _members.Length; index++)
            {
                if ((seen[index >> 6] & (1UL << (index & 63))) == 0)
                {
                    RequireOptional(index);
                }
            }
            var obj = _factory.Create(slots, seen);
            if (extra != null)
            {
                _extraElements.Add(ref obj, extra);
            }
            return obj;
        }
        finally
        {
            _factory.ReturnSlots(slots);
        }
    }

    private int ReadName(IBsonReader reader, int expected, out string name)
    {
        if (reader is BsonReader known)
        {
            return known.ReadName(_names, expected, out name);
        }
        name = reader.ReadName(Utf8NameDecoder.Instance);
        return _names.IndexOf(name);
    }

    private void ReadUnknown(BsonDeserializationContext context, string name, ref TClass obj)
    {
        if (!IsSkipped(context.Reader, name))
        {
            _extraElements.Read(context, name, ref obj);
        }
    }

    private void ReadUnknown(BsonDeserializationContext context, string name, ref BsonDocument extra)
    {
        if (!IsSkipped(context.Reader, name))
        {
            (extra ??= []).Set(name, BsonValueSerializer.Instance.Deserialize(context));
        }
    }

    private bool IsSkipped(IBsonReader reader, string name)
    {
        var isDiscriminator = name == _classMap.GetDiscriminatorConvention()?.ElementName;
        if (!isDiscriminator && _extraElements != null)
        {
            return false;
        }
        if (isDiscriminator || _classMap.IgnoreExtraElements)
        {
            reader.SkipValue();
            return true;
        }
        throw new FormatException($"The element '{name}' is not a member of {typeof(TClass).FullName}.");
    }

    private void RequireOptional(int index)
    {
        if (_members[index].Map.IsRequired)
        {
            throw new FormatException(
                $"The element '{_names[index]}', which {_members[index].Map.MemberName} of {typeof(TClass).FullName} requires, is missing.");
        }
    }

    private static bool IsDataError(Exception exception) =>
        exception is FormatException or BsonException or InvalidOperationException or InvalidCastException or OverflowException or ArgumentException
            or EndOfStreamException or KeyNotFoundException or NotSupportedException;

    // Nested failures put their own path in front, so that the message leads from the outermost class to the value.
    private FormatException Unreadable(int index, Exception exception) =>
        new($"The element '{_names[index]}' cannot be read as {_members[index].Map.MemberName} of {typeof(TClass).FullName}: {exception.Message}", exception);
}
