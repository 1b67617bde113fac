using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MongoDB.Bson.IO;

/// <summary>The primitives of BSON on any stream.</summary>
public sealed class BsonStreamAdapter : BsonStream
{
    // Longer values are read piece by piece, so that a false length cannot take more memory than there is data.
    private const int PieceSize = 64 * 1024;

    private readonly bool _ownsStream;
    private Stream _stream;

    public BsonStreamAdapter(Stream stream, bool ownsStream = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        _ownsStream = ownsStream;
    }

    public Stream BaseStream
    {
        get
        {
            ObjectDisposedException.ThrowIf(_stream == null, this);
            return _stream;
        }
    }

    public override bool CanRead => BaseStream.CanRead;

    public override bool CanSeek => BaseStream.CanSeek;

    public override bool CanTimeout => BaseStream.CanTimeout;

    public override bool CanWrite => BaseStream.CanWrite;

    public override long Length => BaseStream.Length;

    public override long Position
    {
        get => BaseStream.Position;
        set => BaseStream.Position = value;
    }

    public override int ReadTimeout
    {
        get => BaseStream.ReadTimeout;
        set => BaseStream.ReadTimeout = value;
    }

    public override int WriteTimeout
    {
        get => BaseStream.WriteTimeout;
        set => BaseStream.WriteTimeout = value;
    }

    public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
        BaseStream.CopyToAsync(destination, bufferSize, cancellationToken);

    public override void Flush() => BaseStream.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => BaseStream.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => BaseStream.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => BaseStream.Read(buffer);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        BaseStream.ReadAsync(buffer, offset, count, cancellationToken);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        BaseStream.ReadAsync(buffer, cancellationToken);

    public override int ReadByte() => BaseStream.ReadByte();

    public override long Seek(long offset, SeekOrigin origin) => BaseStream.Seek(offset, origin);

    public override void SetLength(long value) => BaseStream.SetLength(value);

    public override void Write(byte[] buffer, int offset, int count) => BaseStream.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => BaseStream.Write(buffer);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        BaseStream.WriteAsync(buffer, offset, count, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        BaseStream.WriteAsync(buffer, cancellationToken);

    public override void WriteByte(byte value) => BaseStream.WriteByte(value);

    public override string ReadCString(UTF8Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        return Utf8Helper.Decode(ReadCStringBytes(), encoding);
    }

    public override ArraySegment<byte> ReadCStringBytes()
    {
        var bytes = new ArrayBufferWriter<byte>(32);
        while (true)
        {
            var next = BaseStream.ReadByte();
            switch (next)
            {
                case -1:
                    throw new EndOfStreamException("The data ends within a name.");
                case 0:
                    return bytes.WrittenSpan.ToArray();
                default:
                    bytes.GetSpan(1)[0] = (byte)next;
                    bytes.Advance(1);
                    break;
            }
        }
    }

    public override Decimal128 ReadDecimal128()
    {
        Span<byte> bytes = stackalloc byte[16];
        BaseStream.ReadExactly(bytes);
        return Decimal128.FromIEEEBits(BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes));
    }

    public override double ReadDouble() => BitConverter.Int64BitsToDouble(ReadInt64());

    public override int ReadInt32()
    {
        Span<byte> bytes = stackalloc byte[4];
        BaseStream.ReadExactly(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    public override long ReadInt64()
    {
        Span<byte> bytes = stackalloc byte[8];
        BaseStream.ReadExactly(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    public override ObjectId ReadObjectId()
    {
        Span<byte> bytes = stackalloc byte[12];
        BaseStream.ReadExactly(bytes);
        return ObjectId.FromSpan(bytes);
    }

    public override IByteBuffer ReadSlice()
    {
        var length = ReadInt32();
        if (length < 5)
        {
            throw new FormatException($"The length {length} of a document or array is not valid.");
        }
        var rest = ReadExactly(length - 4);
        var bytes = new byte[length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        rest.CopyTo(bytes, 4);
        return new ByteArrayBuffer(bytes, isReadOnly: true);
    }

    public override string ReadString(UTF8Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        var length = ReadInt32();
        if (length <= 0)
        {
            throw Utf8Helper.InvalidStringLength(length);
        }
        var bytes = ReadExactly(length);
        return bytes[^1] == 0 ? Utf8Helper.Decode(bytes.AsSpan(0, length - 1), encoding) : throw Utf8Helper.MissingTerminator();
    }

    public override void SkipCString() => ReadCStringBytes();

    public override void WriteCString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Contains('\0', StringComparison.Ordinal))
        {
            throw Utf8Helper.NulInCString(nameof(value));
        }
        WriteCStringBytes(Utf8Encodings.Strict.GetBytes(value));
    }

    public override void WriteCStringBytes(byte[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        BaseStream.Write(value);
        BaseStream.WriteByte(0);
    }

    public override void WriteDecimal128(Decimal128 value)
    {
        WriteInt64((long)value.GetIEEELowBits());
        WriteInt64((long)value.GetIEEEHighBits());
    }

    public override void WriteDouble(double value) => WriteInt64(BitConverter.DoubleToInt64Bits(value));

    public override void WriteInt32(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        BaseStream.Write(bytes);
    }

    public override void WriteInt64(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        BaseStream.Write(bytes);
    }

    public override void WriteObjectId(ObjectId value)
    {
        Span<byte> bytes = stackalloc byte[12];
        value.ToByteSpan(bytes);
        BaseStream.Write(bytes);
    }

    public override void WriteString(string value, UTF8Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(encoding);
        var bytes = encoding.GetBytes(value);
        WriteInt32(bytes.Length + 1);
        BaseStream.Write(bytes);
        BaseStream.WriteByte(0);
    }

    internal byte[] ReadExactly(int count)
    {
        if (count <= PieceSize || CanSeek)
        {
            if (CanSeek && count > BaseStream.Length - BaseStream.Position)
            {
                throw new EndOfStreamException($"The data ends before the {count} bytes that were announced.");
            }
            var bytes = new byte[count];
            BaseStream.ReadExactly(bytes);
            return bytes;
        }
        var pieces = new ArrayBufferWriter<byte>(PieceSize);
        while (pieces.WrittenCount < count)
        {
            var piece = pieces.GetSpan()[..Math.Min(PieceSize, count - pieces.WrittenCount)];
            BaseStream.ReadExactly(piece);
            pieces.Advance(piece.Length);
        }
        return pieces.WrittenSpan.ToArray();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (_ownsStream)
            {
                _stream?.Dispose();
            }
            _stream = null;
        }
        base.Dispose(disposing);
    }
}
