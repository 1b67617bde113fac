using System.Text;

namespace MongoDB.Bson.IO;

/// <summary>A stream that reads and writes the primitives of BSON.</summary>
public abstract class BsonStream : Stream
{
    /// <summary>Text up to a NUL byte.</summary>
    public abstract string ReadCString(UTF8Encoding encoding);

    /// <summary>The bytes up to a NUL byte, without it. They may belong to the stream's memory: use them at once.</summary>
    public abstract ArraySegment<byte> ReadCStringBytes();

    public abstract Decimal128 ReadDecimal128();

    public abstract double ReadDouble();

    public abstract int ReadInt32();

    public abstract long ReadInt64();

    public abstract ObjectId ReadObjectId();

    /// <summary>A document or array as it is, by the length at its start.</summary>
    public abstract IByteBuffer ReadSlice();

    /// <summary>A length, text, and a NUL byte.</summary>
    public abstract string ReadString(UTF8Encoding encoding);

    public abstract void SkipCString();

    public abstract void WriteCString(string value);

    public abstract void WriteCStringBytes(byte[] value);

    public abstract void WriteDecimal128(Decimal128 value);

    public abstract void WriteDouble(double value);

    public abstract void WriteInt32(int value);

    public abstract void WriteInt64(long value);

    public abstract void WriteObjectId(ObjectId value);

    public abstract void WriteString(string value, UTF8Encoding encoding);
}
