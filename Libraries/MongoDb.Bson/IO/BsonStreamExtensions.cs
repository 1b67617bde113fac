using System.Buffers.Binary;

namespace MongoDB.Bson.IO;

/// <summary>Types, subtypes, truth values and bytes on a stream.</summary>
public static class BsonStreamExtensions
{
    /// <summary>Writes the length of what began at a position there, and comes back.</summary>
    public static void BackpatchSize(this BsonStream stream, long startPosition)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var end = stream.Position;
        stream.Position = startPosition;
        stream.WriteInt32(checked((int)(end - startPosition)));
        stream.Position = end;
    }

    public static BsonBinarySubType ReadBinarySubType(this BsonStream stream) => (BsonBinarySubType)ReadRequiredByte(stream);

    /// <exception cref="FormatException">Neither 0 nor 1.</exception>
    public static bool ReadBoolean(this BsonStream stream) => ReadRequiredByte(stream) switch
    {
        0 => false,
        1 => true,
        var other => throw new FormatException($"The byte 0x{other:x2} is not a Boolean."),
    };

    /// <exception cref="FormatException">Not a type.</exception>
    public static BsonType ReadBsonType(this BsonStream stream)
    {
        var type = ReadRequiredByte(stream);
        return IsBsonType(type) ? (BsonType)type : throw new FormatException($"There is no BSON type 0x{type:x2}.");
    }

    public static void ReadBytes(this BsonStream stream, byte[] buffer, int offset, int count)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.ReadExactly(buffer, offset, count);
    }

    public static byte[] ReadBytes(this BsonStream stream, int count)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (stream is BsonStreamAdapter adapter)
        {
            return adapter.ReadExactly(count);
        }
        if (stream.CanSeek && count > stream.Length - stream.Position)
        {
            throw new EndOfStreamException($"The data ends before the {count} bytes that were announced.");
        }
        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public static void WriteBinarySubType(this BsonStream stream, BsonBinarySubType value)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.WriteByte((byte)value);
    }

    public static void WriteBoolean(this BsonStream stream, bool value)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.WriteByte(value ? (byte)1 : (byte)0);
    }

    public static void WriteBsonType(this BsonStream stream, BsonType value)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.WriteByte((byte)value);
    }

    public static void WriteBytes(this BsonStream stream, byte[] buffer, int offset, int count)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(buffer, offset, count);
    }

    public static void WriteSlice(this BsonStream stream, IByteBuffer slice)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(slice);
        for (var position = 0; position < slice.Length;)
        {
            var piece = slice.AccessBackingBytes(position);
            var count = Math.Min(piece.Count, slice.Length - position);
            stream.Write(piece.Array, piece.Offset, count);
            position += count;
        }
    }

    internal static bool IsBsonType(int type) => type is (>= 0x00 and <= 0x13 and not 0x0c) or 0x7f or 0xff;

    private static int ReadRequiredByte(BsonStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var value = stream.ReadByte();
        return value >= 0 ? value : throw new EndOfStreamException("The data ends too early.");
    }
}
