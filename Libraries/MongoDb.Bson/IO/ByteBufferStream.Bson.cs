using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MongoDB.Bson.IO;

/// <content>The primitives of BSON.</content>
public partial class ByteBufferStream
{
    public override string ReadCString(UTF8Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        return Utf8Helper.Decode(ReadCStringBytes(), encoding);
    }

    public override ArraySegment<byte> ReadCStringBytes()
    {
        if (_position < _length && (InWindow(1) || MoveWindow(1)))
        {
            var start = _position + _shift;
            var length = new ReadOnlySpan<byte>(_window, start, Math.Min(_windowEnd, _length) - _position).IndexOf((byte)0);
            if (length >= 0)
            {
                _position += length + 1;
                return new ArraySegment<byte>(_window, start, length);
            }
        }
        return ReadCStringAcrossChunks();
    }

    public override Decimal128 ReadDecimal128()
    {
        var bytes = Take(16);
        return Decimal128.FromIEEEBits(BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes));
    }

    public override double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public override int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public override long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public override ObjectId ReadObjectId() => ObjectId.FromSpan(Take(12));

    public override IByteBuffer ReadSlice()
    {
        var start = _position;
        var length = ReadInt32();
        _position = start;
        if (length < 5)
        {
            throw new FormatException($"The length {length} of a document or array is not valid.");
        }
        if (_buffer.IsReadOnly)
        {
            if (length > _length - start)
            {
                throw new EndOfStreamException($"The data ends {length - (_length - start)} bytes too early.");
            }
            _position += length;
            return _buffer.GetSlice(start, length);
        }
        return new ByteArrayBuffer(Take(length).ToArray(), isReadOnly: true);
    }

    public override string ReadString(UTF8Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        var length = ReadInt32();
        if (length <= 0)
        {
            throw Utf8Helper.InvalidStringLength(length);
        }
        var bytes = Take(length);
        return bytes[^1] == 0 ? Utf8Helper.Decode(bytes[..^1], encoding) : throw Utf8Helper.MissingTerminator();
    }

    public override void SkipCString() => ReadCStringBytes();

    public override void WriteCString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Contains('\0', StringComparison.Ordinal))
        {
            throw Utf8Helper.NulInCString(nameof(value));
        }
        var largest = Encoding.UTF8.GetMaxByteCount(value.Length) + 1;
        if (TryReserve(largest, out var memory))
        {
            var count = Utf8Encodings.Strict.GetBytes(value, memory);
            memory[count] = 0;
            Advance(count + 1);
            return;
        }
        var rented = ArrayPool<byte>.Shared.Rent(largest);
        var length = Utf8Encodings.Strict.GetBytes(value, rented);
        rented[length] = 0;
        Write(rented.AsSpan(0, length + 1));
        ArrayPool<byte>.Shared.Return(rented);
    }

    public override void WriteCStringBytes(byte[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        WriteElementHeader(default, value, hasType: false);
    }

    public override void WriteDecimal128(Decimal128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value.GetIEEELowBits());
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], value.GetIEEEHighBits());
        Write(bytes);
    }

    public override void WriteDouble(double value) => WriteInt64(BitConverter.DoubleToInt64Bits(value));

    public override void WriteInt32(int value)
    {
        if (TryReserve(4, out var memory))
        {
            BinaryPrimitives.WriteInt32LittleEndian(memory, value);
            Advance(4);
            return;
        }
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        Write(bytes);
    }

    public override void WriteInt64(long value)
    {
        if (TryReserve(8, out var memory))
        {
            BinaryPrimitives.WriteInt64LittleEndian(memory, value);
            Advance(8);
            return;
        }
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        Write(bytes);
    }

    public override void WriteObjectId(ObjectId value)
    {
        Span<byte> bytes = stackalloc byte[12];
        value.ToByteSpan(bytes);
        Write(bytes);
    }

    public override void WriteString(string value, UTF8Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(encoding);
        var largest = value.Length <= short.MaxValue ? encoding.GetMaxByteCount(value.Length) : encoding.GetByteCount(value);
        if (TryReserve(largest + 5, out var memory))
        {
            var count = 0;
            if (encoding.GetType() != typeof(UTF8Encoding) || Ascii.FromUtf16(value, memory[4..], out count) != OperationStatus.Done)
            {
                count = encoding.GetBytes(value, memory[4..]);
            }
            BinaryPrimitives.WriteInt32LittleEndian(memory, count + 1);
            memory[4 + count] = 0;
            Advance(count + 5);
            return;
        }
        var rented = ArrayPool<byte>.Shared.Rent(largest + 5);
        var length = encoding.GetBytes(value, rented.AsSpan(4));
        BinaryPrimitives.WriteInt32LittleEndian(rented, length + 1);
        rented[4 + length] = 0;
        Write(rented.AsSpan(0, length + 5));
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Writes the type of an element and its name with the NUL byte at once.</summary>
    internal void WriteElementHeader(BsonType type, ReadOnlySpan<byte> name, bool hasType = true)
    {
        var start = hasType ? 1 : 0;
        var count = name.Length + start + 1;
        if (TryReserve(count, out var memory))
        {
            if (hasType)
            {
                memory[0] = (byte)type;
            }
            name.CopyTo(memory[start..]);
            memory[count - 1] = 0;
            Advance(count);
            return;
        }
        if (hasType)
        {
            WriteByte((byte)type);
        }
        Write(name);
        WriteByte(0);
    }

    private byte[] ReadCStringAcrossChunks()
    {
        ThrowIfDisposed();
        var bytes = new ArrayBufferWriter<byte>();
        for (var position = _position; position < _length;)
        {
            var piece = _buffer.AccessBackingBytes(position).AsSpan();
            piece = piece[..Math.Min(piece.Length, _length - position)];
            var end = piece.IndexOf((byte)0);
            bytes.Write(end < 0 ? piece : piece[..end]);
            if (end >= 0)
            {
                _position = position + end + 1;
                return bytes.WrittenSpan.ToArray();
            }
            position += piece.Length;
        }
        throw new EndOfStreamException("The data ends within a name.");
    }
}
