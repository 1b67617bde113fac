using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MongoDB.Bson.IO;

/// <content>Whole elements in one step: the header, which is type, name and NUL byte, and the value.</content>
public partial class ByteBufferStream
{
    /// <summary>The position, also of a disposed stream.</summary>
    internal int RawPosition => _position;

    /// <summary>
    /// Writes a header, and passes the value's bytes for the caller to fill. False, with nothing written, where they would lie
    /// in several chunks.
    /// </summary>
    internal bool TryStartElement(ReadOnlySpan<byte> header, int size, out Span<byte> value)
    {
        if (!TryReserve(header.Length + size, out var memory))
        {
            value = default;
            return false;
        }
        header.CopyTo(memory);
        value = memory[header.Length..];
        Advance(header.Length + size);
        return true;
    }

    /// <summary>Writes a string with its header.</summary>
    internal void WriteStringElement(ReadOnlySpan<byte> header, string value)
    {
        if (value.Length > short.MaxValue || !TryReserve(header.Length + 5 + Utf8Encodings.Strict.GetMaxByteCount(value.Length), out var memory))
        {
            Write(header);
            WriteString(value, Utf8Encodings.Strict);
            return;
        }
        var text = memory[(header.Length + 4)..];
        if (Ascii.FromUtf16(value, text, out var count) != OperationStatus.Done)
        {
            count = Utf8Encodings.Strict.GetBytes(value, text);
        }
        text[count] = 0;
        header.CopyTo(memory);
        BinaryPrimitives.WriteInt32LittleEndian(memory[header.Length..], count + 1);
        Advance(header.Length + 5 + count);
    }

    /// <summary>
    /// What follows the header of the next element. False where it has another one, or less than so many bytes of the value lie
    /// in the window. The position stays.
    /// </summary>
    internal bool TryPeekElement(ReadOnlySpan<byte> header, int size, out ReadOnlySpan<byte> value)
    {
        var count = header.Length + size;
        if (count <= _length - _position && InWindow(count))
        {
            var bytes = new ReadOnlySpan<byte>(_window, _position + _shift, Math.Min(_windowEnd, _length) - _position);
            if (bytes.StartsWith(header))
            {
                value = bytes[header.Length..];
                return true;
            }
        }
        value = default;
        return false;
    }

    /// <summary>Goes behind an element that was looked at.</summary>
    internal void SkipElement(ReadOnlySpan<byte> header, int size) => _position += header.Length + size;
}
