using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MongoDB.Bson.IO;

/// <content>Whole elements, type, name and value, in one step.</content>
public partial class ByteBufferStream
{
    /// <summary>The position, also of a disposed stream.</summary>
    internal int RawPosition => _position;

    /// <summary>
    /// Writes the type of an element and its name with the NUL byte, and passes the value's bytes for the caller to fill. False,
    /// with nothing written, where they would lie in several chunks.
    /// </summary>
    internal bool TryStartElement(BsonType type, ReadOnlySpan<byte> name, int size, out Span<byte> value)
    {
        var header = name.Length + 2;
        if (!TryReserve(header + size, out var memory))
        {
            value = default;
            return false;
        }
        memory[0] = (byte)type;
        name.CopyTo(memory[1..]);
        memory[header - 1] = 0;
        value = memory[header..];
        Advance(header + size);
        return true;
    }

    /// <summary>Writes a string with its type and name.</summary>
    internal void WriteStringElement(ReadOnlySpan<byte> name, string value)
    {
        var header = name.Length + 2;
        if (value.Length > short.MaxValue || !TryReserve(header + 5 + Utf8Encodings.Strict.GetMaxByteCount(value.Length), out var memory))
        {
            WriteElementHeader(BsonType.String, name);
            WriteString(value, Utf8Encodings.Strict);
            return;
        }
        var text = memory[(header + 4)..];
        if (Ascii.FromUtf16(value, text, out var count) != OperationStatus.Done)
        {
            count = Utf8Encodings.Strict.GetBytes(value, text);
        }
        text[count] = 0;
        memory[0] = (byte)BsonType.String;
        name.CopyTo(memory[1..]);
        memory[header - 1] = 0;
        BinaryPrimitives.WriteInt32LittleEndian(memory[header..], count + 1);
        Advance(header + 5 + count);
    }

    /// <summary>
    /// What follows the type and name of the next element. False where it has another type or name, or less than so many
    /// bytes of it lie in the window. The position stays.
    /// </summary>
    internal bool TryPeekElement(BsonType type, ReadOnlySpan<byte> name, int size, out ReadOnlySpan<byte> value)
    {
        var header = name.Length + 2;
        if (header + size <= _length - _position && InWindow(header + size))
        {
            var bytes = new ReadOnlySpan<byte>(_window, _position + _shift, Math.Min(_windowEnd, _length) - _position);
            if (bytes[0] == (byte)type && bytes[header - 1] == 0 && bytes.Slice(1, name.Length).SequenceEqual(name))
            {
                value = bytes[header..];
                return true;
            }
        }
        value = default;
        return false;
    }

    /// <summary>Goes behind an element that was looked at.</summary>
    internal void SkipElement(ReadOnlySpan<byte> name, int size) => _position += name.Length + 2 + size;
}
