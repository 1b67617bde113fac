using System.Text;

namespace MongoDB.Bson.IO;

/// <content>Values.</content>
public partial class BsonBinaryReader
{
    public override BsonBinaryData ReadBinaryData()
    {
        VerifyBsonType(nameof(ReadBinaryData), BsonType.Binary);
        var size = ReadSize(0);
        var subType = Take(static (stream, _) => stream.ReadBinarySubType());
#pragma warning disable CS0618 // old documents hold this subtype
        if (subType == BsonBinarySubType.OldBinary)
        {
            size = ReadOldBinarySize(size);
            subType = Settings.FixOldBinarySubTypeOnInput ? BsonBinarySubType.Binary : subType;
        }
#pragma warning restore CS0618
        var bytes = ReadBytes(size);
        if (subType is BsonBinarySubType.UuidStandard or BsonBinarySubType.UuidLegacy && size != 16)
        {
            throw new FormatException($"Binary data of subtype {subType} has {size} bytes instead of 16{DescribePath()}.");
        }
        State = NextState();
        return new BsonBinaryData(bytes, subType);
    }

    public override byte[] ReadBytes()
    {
        VerifyBsonType(nameof(ReadBytes), BsonType.Binary);
        var size = ReadSize(0);
        var subType = Take(static (stream, _) => stream.ReadBinarySubType());
#pragma warning disable CS0618 // old documents hold this subtype
        if (subType == BsonBinarySubType.OldBinary)
        {
            size = ReadOldBinarySize(size);
        }
        else if (subType != BsonBinarySubType.Binary)
        {
            throw new FormatException($"Binary data of subtype {subType} is not just bytes{DescribePath()}.");
        }
#pragma warning restore CS0618
        State = NextState();
        return ReadBytes(size);
    }

    public override long ReadDateTime()
    {
        VerifyBsonType(nameof(ReadDateTime), BsonType.DateTime);
        State = NextState();
        var value = Take(static (stream, _) => stream.ReadInt64());
        return value == BsonConstants.DateTimeMaxValueMillisecondsSinceEpoch + 1 && Settings.FixOldDateTimeMaxValueOnInput ? value - 1 : value;
    }

    public override BsonRegularExpression ReadRegularExpression()
    {
        VerifyBsonType(nameof(ReadRegularExpression), BsonType.RegularExpression);
        State = NextState();
        var pattern = Take(static (stream, encoding) => stream.ReadCString(encoding));
        return new BsonRegularExpression(pattern, Take(static (stream, encoding) => stream.ReadCString(encoding)));
    }

    public override bool ReadBoolean()
    {
        VerifyBsonType(nameof(ReadBoolean), BsonType.Boolean);
        State = NextState();
        return Take(static (stream, _) => stream.ReadBoolean());
    }

    public override Decimal128 ReadDecimal128()
    {
        VerifyBsonType(nameof(ReadDecimal128), BsonType.Decimal128);
        State = NextState();
        return Take(static (stream, _) => stream.ReadDecimal128());
    }

    public override double ReadDouble()
    {
        VerifyBsonType(nameof(ReadDouble), BsonType.Double);
        State = NextState();
        return Take(static (stream, _) => stream.ReadDouble());
    }

    public override int ReadInt32()
    {
        VerifyBsonType(nameof(ReadInt32), BsonType.Int32);
        State = NextState();
        return Take(static (stream, _) => stream.ReadInt32());
    }

    public override long ReadInt64()
    {
        VerifyBsonType(nameof(ReadInt64), BsonType.Int64);
        State = NextState();
        return Take(static (stream, _) => stream.ReadInt64());
    }

    public override string ReadJavaScript()
    {
        VerifyBsonType(nameof(ReadJavaScript), BsonType.JavaScript);
        State = NextState();
        return Take(static (stream, encoding) => stream.ReadString(encoding));
    }

    public override ObjectId ReadObjectId()
    {
        VerifyBsonType(nameof(ReadObjectId), BsonType.ObjectId);
        State = NextState();
        return Take(static (stream, _) => stream.ReadObjectId());
    }

    public override string ReadString()
    {
        VerifyBsonType(nameof(ReadString), BsonType.String);
        State = NextState();
        return Take(static (stream, encoding) => stream.ReadString(encoding));
    }

    public override string ReadSymbol()
    {
        VerifyBsonType(nameof(ReadSymbol), BsonType.Symbol);
        State = NextState();
        return Take(static (stream, encoding) => stream.ReadString(encoding));
    }

    public override long ReadTimestamp()
    {
        VerifyBsonType(nameof(ReadTimestamp), BsonType.Timestamp);
        State = NextState();
        return Take(static (stream, _) => stream.ReadInt64());
    }

    public override void ReadMaxKey()
    {
        VerifyBsonType(nameof(ReadMaxKey), BsonType.MaxKey);
        State = NextState();
    }

    public override void ReadMinKey()
    {
        VerifyBsonType(nameof(ReadMinKey), BsonType.MinKey);
        State = NextState();
    }

    public override void ReadNull()
    {
        VerifyBsonType(nameof(ReadNull), BsonType.Null);
        State = NextState();
    }

    public override void ReadUndefined()
    {
        VerifyBsonType(nameof(ReadUndefined), BsonType.Undefined);
        State = NextState();
    }

    public override void SkipValue()
    {
        if (State != BsonReaderState.Value)
        {
            if (Disposed)
            {
                ThrowObjectDisposedException();
            }
            ThrowInvalidState(nameof(SkipValue), BsonReaderState.Value);
        }
        long count = CurrentBsonType switch
        {
            BsonType.Array or BsonType.Document => ReadSize(SmallestDocument) - 4L,
            BsonType.JavaScriptWithScope => ReadSize(4 + SmallestDocument + SmallestDocument) - 4L,
            BsonType.Binary => ReadSize(0) + 1L,
            BsonType.Boolean => 1,
            BsonType.DateTime or BsonType.Double or BsonType.Int64 or BsonType.Timestamp => 8,
            BsonType.Decimal128 => 16,
            BsonType.Int32 => 4,
            BsonType.ObjectId => 12,
            BsonType.JavaScript or BsonType.String or BsonType.Symbol => ReadSize(1),
            _ => 0,
        };
        if (CurrentBsonType == BsonType.RegularExpression)
        {
            SkipText();
            SkipText();
        }
        var position = BsonStream.Position + count;
        if (position > Current.End || position > BsonStream.Length)
        {
            throw new EndOfStreamException($"A value of type {CurrentBsonType} reaches behind the end of the data{DescribePath()}.");
        }
        BsonStream.Position = position;
        State = NextState();
    }

    /// <summary>The names of the open levels up to the present element, for messages.</summary>
    internal override string DescribePath()
    {
        var path = new StringBuilder();
        var position = BsonStream.Position;
        for (var depth = 1; depth <= _depth; depth++)
        {
            ref var level = ref _levels[depth];
            if (level.Type == ContextType.JavaScriptWithScope || (level.Type != ContextType.Array && level.NamePosition == 0))
            {
                continue;
            }
            path.Append(path.Length == 0 ? "" : ".");
            if (level.Type == ContextType.Array)
            {
                path.Append(Math.Max(level.Index, 0));
            }
            else
            {
                BsonStream.Position = level.NamePosition;
                path.Append(Utf8Encodings.Lenient.GetString(BsonStream.ReadCStringBytes()));
            }
        }
        BsonStream.Position = position;
        return path.Length == 0 ? "" : $" at '{path}'";
    }

    /// <summary>Reads of the present value; what is wrong is told with the path.</summary>
    /// <exception cref="EndOfStreamException">It reaches behind the end of the data, or of the document around it.</exception>
    private T Take<T>(Func<BsonStream, UTF8Encoding, T> read)
    {
        try
        {
            var value = read(BsonStream, Settings.Encoding);
            if (BsonStream.Position <= Current.End)
            {
                return value;
            }
        }
        catch (Exception exception) when (IsDataError(exception))
        {
            if (exception is EndOfStreamException || BsonStream.Position <= Current.End)
            {
                throw WithPath(exception);
            }
        }
        throw new EndOfStreamException($"A value of type {CurrentBsonType} reaches behind the end of the document{DescribePath()}.");
    }

    private static bool IsDataError(Exception exception) => exception is FormatException or EndOfStreamException or DecoderFallbackException;

    private Exception WithPath(Exception exception)
    {
        if (State == BsonReaderState.Name && exception is EndOfStreamException)
        {
            // A name without an end cannot be told.
            Current.NamePosition = 0;
        }
        var message = $"{exception.Message.TrimEnd('.')}{DescribePath()}.";
        return exception switch
        {
            DecoderFallbackException undecodable => new DecoderFallbackException(message, undecodable.BytesUnknown, undecodable.Index),
            EndOfStreamException => new EndOfStreamException(message, exception),
            _ => new FormatException(message, exception),
        };
    }

    private string DescribeNextElement()
    {
        try
        {
            Current.NamePosition = BsonStream.Position;
            Current.Index++;
            return $"the element{DescribePath()}";
        }
        catch (EndOfStreamException)
        {
            return "the end of the data";
        }
    }

    private int ReadOldBinarySize(int size)
    {
        var inner = ReadSize(0);
        return inner == size - 4 ? inner : throw new FormatException($"The two lengths of old binary data, {size} and {inner}, do not agree{DescribePath()}.");
    }

    private byte[] ReadBytes(int count) => count <= Math.Min(Current.End, BsonStream.Length) - BsonStream.Position ? BsonStream.ReadBytes(count)
        : throw new EndOfStreamException($"Binary data of {count} bytes reaches behind the end of the data{DescribePath()}.");
}
