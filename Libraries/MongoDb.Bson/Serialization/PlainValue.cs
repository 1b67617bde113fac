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

    private sealed class PlainInt32 : PlainValue<int>
    {
        public override void Write(ByteBufferStream stream, byte[] name, int value)
        {
            if (stream.TryStartElement(BsonType.Int32, name, 4, out var bytes))
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
                return;
            }
            stream.WriteElementHeader(BsonType.Int32, name);
            stream.WriteInt32(value);
        }

        public override bool TryRead(ByteBufferStream stream, byte[] name, out int value)
        {
            if (!stream.TryPeekElement(BsonType.Int32, name, 4, out var bytes))
            {
                value = 0;
                return false;
            }
            value = BinaryPrimitives.ReadInt32LittleEndian(bytes);
            stream.SkipElement(name, 4);
            return true;
        }
    }

    private abstract class PlainNumber64<T>(BsonType type) : PlainValue<T>
    {
        public override void Write(ByteBufferStream stream, byte[] name, T value)
        {
            var bits = ToBits(value);
            if (stream.TryStartElement(type, name, 8, out var bytes))
            {
                BinaryPrimitives.WriteInt64LittleEndian(bytes, bits);
                return;
            }
            stream.WriteElementHeader(type, name);
            stream.WriteInt64(bits);
        }

        public override bool TryRead(ByteBufferStream stream, byte[] name, out T value)
        {
            value = default;
            if (!stream.TryPeekElement(type, name, 8, out var bytes) || !TryFromBits(BinaryPrimitives.ReadInt64LittleEndian(bytes), out value))
            {
                return false;
            }
            stream.SkipElement(name, 8);
            return true;
        }

        protected abstract long ToBits(T value);

        protected abstract bool TryFromBits(long bits, out T value);
    }

    private sealed class PlainInt64() : PlainNumber64<long>(BsonType.Int64)
    {
        protected override long ToBits(long value) => value;

        protected override bool TryFromBits(long bits, out long value)
        {
            value = bits;
            return true;
        }
    }

    private sealed class PlainDouble() : PlainNumber64<double>(BsonType.Double)
    {
        protected override long ToBits(double value) => BitConverter.DoubleToInt64Bits(value);

        protected override bool TryFromBits(long bits, out double value)
        {
            value = BitConverter.Int64BitsToDouble(bits);
            return true;
        }
    }

    private sealed class PlainUtcDateTime() : PlainNumber64<DateTime>(BsonType.DateTime)
    {
        protected override long ToBits(DateTime value) => BsonUtils.ToMillisecondsSinceEpoch(value);

        // What lies outside of the range of DateTime depends on the settings.
        protected override bool TryFromBits(long bits, out DateTime value)
        {
            var isInRange = bits >= BsonConstants.DateTimeMinValueMillisecondsSinceEpoch && bits <= BsonConstants.DateTimeMaxValueMillisecondsSinceEpoch;
            value = isInRange ? BsonUtils.ToDateTimeFromMillisecondsSinceEpoch(bits) : default;
            return isInRange;
        }
    }

    private sealed class PlainBoolean : PlainValue<bool>
    {
        public override void Write(ByteBufferStream stream, byte[] name, bool value)
        {
            stream.WriteElementHeader(BsonType.Boolean, name);
            stream.WriteBoolean(value);
        }

        public override bool TryRead(ByteBufferStream stream, byte[] name, out bool value)
        {
            if (!stream.TryPeekElement(BsonType.Boolean, name, 1, out var bytes) || bytes[0] > 1)
            {
                value = false;
                return false;
            }
            value = bytes[0] == 1;
            stream.SkipElement(name, 1);
            return true;
        }
    }

    private sealed class PlainObjectId : PlainValue<ObjectId>
    {
        public override void Write(ByteBufferStream stream, byte[] name, ObjectId value)
        {
            stream.WriteElementHeader(BsonType.ObjectId, name);
            stream.WriteObjectId(value);
        }

        public override bool TryRead(ByteBufferStream stream, byte[] name, out ObjectId value)
        {
            if (!stream.TryPeekElement(BsonType.ObjectId, name, 12, out var bytes))
            {
                value = default;
                return false;
            }
            value = ObjectId.FromSpan(bytes);
            stream.SkipElement(name, 12);
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
