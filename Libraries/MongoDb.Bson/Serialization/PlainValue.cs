using System.Buffers.Binary;
using System.Text;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization.Serializers;

namespace MongoDB.Bson.Serialization;

/// <summary>
/// Passes values between a member and the bytes of its element in one step, where the member's serializer would only hand
/// them to the writer or reader, as for most members.
/// </summary>
internal abstract class PlainValue<T>
{
    public abstract void Write(ByteBufferStream stream, byte[] name, T value);

    /// <summary>Reads the next element. False, with nothing read, where it is not a whole one of this name and type.</summary>
    public abstract bool TryRead(ByteBufferStream stream, byte[] name, out T value);
}

/// <summary>Finds how the values of a serializer are passed.</summary>
internal static class PlainValue
{
    /// <summary>Null where the serializer must be asked.</summary>
    public static PlainValue<T> For<T>(IBsonSerializer<T> serializer) => (PlainValue<T>)Find(serializer);

    private static object Find(IBsonSerializer serializer) => serializer switch
    {
        StringSerializer { Representation: BsonType.String } => new PlainString(),
        Int32Serializer { Representation: BsonType.Int32 } => new PlainInt32(),
        Int64Serializer { Representation: BsonType.Int64 } => new PlainInt64(),
        DoubleSerializer { Representation: BsonType.Double } => new PlainDouble(),
        BooleanSerializer { Representation: BsonType.Boolean } => new PlainBoolean(),
        ObjectIdSerializer { Representation: BsonType.ObjectId } => new PlainObjectId(),
        DateTimeSerializer { Representation: BsonType.DateTime, DateOnly: false, Kind: DateTimeKind.Utc } => new PlainUtcDateTime(),
        NullableSerializer<int> nullable => Nullable(nullable),
        NullableSerializer<long> nullable => Nullable(nullable),
        NullableSerializer<double> nullable => Nullable(nullable),
        NullableSerializer<bool> nullable => Nullable(nullable),
        NullableSerializer<DateTime> nullable => Nullable(nullable),
        _ => null,
    };

    private static PlainNullable<T> Nullable<T>(NullableSerializer<T> serializer) where T : struct =>
        For(serializer.ValueSerializer) is { } plain ? new PlainNullable<T>(plain) : null;

    private sealed class PlainString : PlainValue<string>
    {
        public override void Write(ByteBufferStream stream, byte[] name, string value)
        {
            if (value == null)
            {
                stream.WriteElementHeader(BsonType.Null, name);
                return;
            }
            stream.WriteStringElement(name, value);
        }

        public override bool TryRead(ByteBufferStream stream, byte[] name, out string value)
        {
            value = null;
            if (!stream.TryPeekElement(BsonType.String, name, 5, out var bytes))
            {
                return false;
            }
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
            if (length < 1 || length > bytes.Length - 4 || bytes[length + 3] != 0)
            {
                return false;
            }
            try
            {
                value = Utf8Helper.Decode(bytes.Slice(4, length - 1), Utf8Encodings.Strict);
            }
            catch (DecoderFallbackException)
            {
                // The reader, asked next, fails alike but knows the path.
                return false;
            }
            stream.SkipElement(name, 4 + length);
            return true;
        }
    }

    /// <summary>Values that always take as many bytes.</summary>
    private abstract class PlainFixed<T>(BsonType type, int size) : PlainValue<T>
    {
        private const int LargestSize = 12;

        public override void Write(ByteBufferStream stream, byte[] name, T value)
        {
            if (stream.TryStartElement(type, name, size, out var bytes))
            {
                Encode(value, bytes);
                return;
            }
            Span<byte> apart = stackalloc byte[LargestSize];
            Encode(value, apart);
            stream.WriteElementHeader(type, name);
            stream.Write(apart[..size]);
        }

        public override bool TryRead(ByteBufferStream stream, byte[] name, out T value)
        {
            value = default;
            if (!stream.TryPeekElement(type, name, size, out var bytes) || !TryDecode(bytes, out value))
            {
                return false;
            }
            stream.SkipElement(name, size);
            return true;
        }

        protected abstract void Encode(T value, Span<byte> bytes);

        /// <summary>False where only the reader can say what the bytes mean.</summary>
        protected abstract bool TryDecode(ReadOnlySpan<byte> bytes, out T value);
    }

    private sealed class PlainInt32() : PlainFixed<int>(BsonType.Int32, 4)
    {
        protected override void Encode(int value, Span<byte> bytes) => BinaryPrimitives.WriteInt32LittleEndian(bytes, value);

        protected override bool TryDecode(ReadOnlySpan<byte> bytes, out int value) => BinaryPrimitives.TryReadInt32LittleEndian(bytes, out value);
    }

    private sealed class PlainInt64() : PlainFixed<long>(BsonType.Int64, 8)
    {
        protected override void Encode(long value, Span<byte> bytes) => BinaryPrimitives.WriteInt64LittleEndian(bytes, value);

        protected override bool TryDecode(ReadOnlySpan<byte> bytes, out long value) => BinaryPrimitives.TryReadInt64LittleEndian(bytes, out value);
    }

    private sealed class PlainDouble() : PlainFixed<double>(BsonType.Double, 8)
    {
        protected override void Encode(double value, Span<byte> bytes) => BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);

        protected override bool TryDecode(ReadOnlySpan<byte> bytes, out double value) => BinaryPrimitives.TryReadDoubleLittleEndian(bytes, out value);
    }

    private sealed class PlainUtcDateTime() : PlainFixed<DateTime>(BsonType.DateTime, 8)
    {
        protected override void Encode(DateTime value, Span<byte> bytes) =>
            BinaryPrimitives.WriteInt64LittleEndian(bytes, BsonUtils.ToMillisecondsSinceEpoch(value));

        // What lies outside of the range of DateTime depends on the settings.
        protected override bool TryDecode(ReadOnlySpan<byte> bytes, out DateTime value)
        {
            var milliseconds = BinaryPrimitives.ReadInt64LittleEndian(bytes);
            var isInRange = milliseconds >= BsonConstants.DateTimeMinValueMillisecondsSinceEpoch &&
                milliseconds <= BsonConstants.DateTimeMaxValueMillisecondsSinceEpoch;
            value = isInRange ? BsonUtils.ToDateTimeFromMillisecondsSinceEpoch(milliseconds) : default;
            return isInRange;
        }
    }

    private sealed class PlainBoolean() : PlainFixed<bool>(BsonType.Boolean, 1)
    {
        protected override void Encode(bool value, Span<byte> bytes) => bytes[0] = value ? (byte)1 : (byte)0;

        protected override bool TryDecode(ReadOnlySpan<byte> bytes, out bool value)
        {
            value = bytes[0] == 1;
            return bytes[0] <= 1;
        }
    }

    private sealed class PlainObjectId() : PlainFixed<ObjectId>(BsonType.ObjectId, 12)
    {
        protected override void Encode(ObjectId value, Span<byte> bytes) => value.ToByteSpan(bytes);

        protected override bool TryDecode(ReadOnlySpan<byte> bytes, out ObjectId value)
        {
            value = ObjectId.FromSpan(bytes);
            return true;
        }
    }

    private sealed class PlainNullable<T>(PlainValue<T> plain) : PlainValue<T?> where T : struct
    {
        public override void Write(ByteBufferStream stream, byte[] name, T? value)
        {
            if (value == null)
            {
                stream.WriteElementHeader(BsonType.Null, name);
                return;
            }
            plain.Write(stream, name, value.GetValueOrDefault());
        }

        public override bool TryRead(ByteBufferStream stream, byte[] name, out T? value)
        {
            var isRead = plain.TryRead(stream, name, out var present);
            value = isRead ? present : null;
            return isRead;
        }
    }
}
