using System.Buffers;
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
    public abstract void Write(ByteBufferStream stream, T value);

    /// <summary>Reads the next element. False, with nothing read, where it is not a whole one of this name and type.</summary>
    public abstract bool TryRead(ByteBufferStream stream, out T value);
}

/// <summary>A serializer of values that have names.</summary>
internal interface INamedValuesSerializer
{
    /// <summary>How its values are passed; null where it must be asked.</summary>
    object CreatePlain(string elementName);
}

/// <summary>Finds how the values of a serializer are passed.</summary>
internal static class PlainValue
{
    /// <summary>Null where the serializer must be asked.</summary>
    public static PlainValue<T> For<T>(IBsonSerializer<T> serializer, string elementName) => (PlainValue<T>)Find(serializer, elementName);

    private static object Find(IBsonSerializer serializer, string name) => serializer switch
    {
        StringSerializer { Representation: BsonType.String } => new PlainString(name),
        Int32Serializer { Representation: BsonType.Int32 } => new PlainFixed<int, Int32Bytes>(name),
        Int64Serializer { Representation: BsonType.Int64 } => new PlainFixed<long, Int64Bytes>(name),
        DoubleSerializer { Representation: BsonType.Double } => new PlainFixed<double, DoubleBytes>(name),
        BooleanSerializer { Representation: BsonType.Boolean } => new PlainFixed<bool, BooleanBytes>(name),
        ObjectIdSerializer { Representation: BsonType.ObjectId } => new PlainFixed<ObjectId, ObjectIdBytes>(name),
        DateTimeSerializer { Representation: BsonType.DateTime, DateOnly: false, Kind: DateTimeKind.Utc } =>
            new PlainFixed<DateTime, UtcDateTimeBytes>(name),
        INamedValuesSerializer named => named.CreatePlain(name),
        NullableSerializer<int> nullable => Nullable(nullable, name),
        NullableSerializer<long> nullable => Nullable(nullable, name),
        NullableSerializer<double> nullable => Nullable(nullable, name),
        NullableSerializer<bool> nullable => Nullable(nullable, name),
        NullableSerializer<DateTime> nullable => Nullable(nullable, name),
        _ => null,
    };

    private static PlainNullable<T> Nullable<T>(NullableSerializer<T> serializer, string name) where T : struct =>
        For(serializer.ValueSerializer, name) is { } plain ? new PlainNullable<T>(plain, name) : null;

    // The type of an element, its name, and the NUL byte.
    private static byte[] Header(BsonType type, string name) => [(byte)type, .. Utf8Encodings.Strict.GetBytes(name), 0];

    private sealed class PlainString(string name) : PlainValue<string>
    {
        private readonly byte[] _header = Header(BsonType.String, name);
        private readonly byte[] _nullHeader = Header(BsonType.Null, name);

        public override void Write(ByteBufferStream stream, string value)
        {
            if (value == null)
            {
                stream.Write(_nullHeader);
                return;
            }
            stream.WriteStringElement(_header, value);
        }

        public override bool TryRead(ByteBufferStream stream, out string value)
        {
            value = null;
            if (!stream.TryPeekElement(_header, 5, out var bytes))
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
            stream.SkipElement(_header, 4 + length);
            return true;
        }
    }

    /// <summary>Values of which each has a name, as text: whole elements that were made once.</summary>
    internal sealed class PlainName<T>(string name, IEnumerable<KeyValuePair<T, string>> values) : PlainValue<T>
    {
        private readonly byte[] _header = Header(BsonType.String, name);
        private readonly (T Value, byte[] Element)[] _known = [.. values.Select(pair => (pair.Key, Element(name, pair.Value)))];

        public override void Write(ByteBufferStream stream, T value)
        {
            foreach (var known in _known)
            {
                if (EqualityComparer<T>.Default.Equals(known.Value, value))
                {
                    stream.Write(known.Element);
                    return;
                }
            }
            stream.WriteStringElement(_header, value.ToString());
        }

        public override bool TryRead(ByteBufferStream stream, out T value)
        {
            foreach (var known in _known)
            {
                if (stream.TryPeekElement(known.Element, 0, out _))
                {
                    stream.SkipElement(known.Element, 0);
                    value = known.Value;
                    return true;
                }
            }
            value = default;
            return false;
        }

        private static byte[] Element(string name, string text)
        {
            var element = new ArrayBufferWriter<byte>();
            var bytes = Utf8Encodings.Strict.GetBytes(text);
            element.Write(Header(BsonType.String, name));
            BinaryPrimitives.WriteInt32LittleEndian(element.GetSpan(4), bytes.Length + 1);
            element.Advance(4);
            element.Write(bytes);
            element.Write("\0"u8);
            return element.WrittenSpan.ToArray();
        }
    }

    private sealed class PlainNullable<T>(PlainValue<T> plain, string name) : PlainValue<T?> where T : struct
    {
        private readonly byte[] _nullHeader = Header(BsonType.Null, name);

        public override void Write(ByteBufferStream stream, T? value)
        {
            if (value == null)
            {
                stream.Write(_nullHeader);
                return;
            }
            plain.Write(stream, value.GetValueOrDefault());
        }

        public override bool TryRead(ByteBufferStream stream, out T? value)
        {
            var isRead = plain.TryRead(stream, out var present);
            value = isRead ? present : null;
            return isRead;
        }
    }

    /// <summary>Values that always take as many bytes.</summary>
    private sealed class PlainFixed<T, TBytes>(string name) : PlainValue<T> where TBytes : struct, IFixedBytes<T>
    {
        private readonly byte[] _header = Header(TBytes.Type, name);

        public override void Write(ByteBufferStream stream, T value)
        {
            if (stream.TryStartElement(_header, TBytes.Size, out var bytes))
            {
                TBytes.Encode(value, bytes);
                return;
            }
            Span<byte> apart = stackalloc byte[TBytes.Size];
            TBytes.Encode(value, apart);
            stream.Write(_header);
            stream.Write(apart);
        }

        public override bool TryRead(ByteBufferStream stream, out T value)
        {
            value = default;
            if (!stream.TryPeekElement(_header, TBytes.Size, out var bytes) || !TBytes.TryDecode(bytes, out value))
            {
                return false;
            }
            stream.SkipElement(_header, TBytes.Size);
            return true;
        }
    }

    /// <summary>The bytes of values of fixed size. A structure implements it, so that the compiler calls nothing virtual for each value.</summary>
    private interface IFixedBytes<T>
    {
        static abstract BsonType Type { get; }

        static abstract int Size { get; }

        static abstract void Encode(T value, Span<byte> bytes);

        /// <summary>False where only the reader can say what the bytes mean.</summary>
        static abstract bool TryDecode(ReadOnlySpan<byte> bytes, out T value);
    }

    private readonly struct Int32Bytes : IFixedBytes<int>
    {
        public static BsonType Type => BsonType.Int32;

        public static int Size => 4;

        public static void Encode(int value, Span<byte> bytes) => BinaryPrimitives.WriteInt32LittleEndian(bytes, value);

        public static bool TryDecode(ReadOnlySpan<byte> bytes, out int value) => BinaryPrimitives.TryReadInt32LittleEndian(bytes, out value);
    }

    private readonly struct Int64Bytes : IFixedBytes<long>
    {
        public static BsonType Type => BsonType.Int64;

        public static int Size => 8;

        public static void Encode(long value, Span<byte> bytes) => BinaryPrimitives.WriteInt64LittleEndian(bytes, value);

        public static bool TryDecode(ReadOnlySpan<byte> bytes, out long value) => BinaryPrimitives.TryReadInt64LittleEndian(bytes, out value);
    }

    private readonly struct DoubleBytes : IFixedBytes<double>
    {
        public static BsonType Type => BsonType.Double;

        public static int Size => 8;

        public static void Encode(double value, Span<byte> bytes) => BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);

        public static bool TryDecode(ReadOnlySpan<byte> bytes, out double value) => BinaryPrimitives.TryReadDoubleLittleEndian(bytes, out value);
    }

    private readonly struct UtcDateTimeBytes : IFixedBytes<DateTime>
    {
        public static BsonType Type => BsonType.DateTime;

        public static int Size => 8;

        public static void Encode(DateTime value, Span<byte> bytes) =>
            BinaryPrimitives.WriteInt64LittleEndian(bytes, BsonUtils.ToMillisecondsSinceEpoch(value));

        // What lies outside of the range of DateTime depends on the settings.
        public static bool TryDecode(ReadOnlySpan<byte> bytes, out DateTime value)
        {
            var milliseconds = BinaryPrimitives.ReadInt64LittleEndian(bytes);
            var isInRange = milliseconds >= BsonConstants.DateTimeMinValueMillisecondsSinceEpoch &&
                milliseconds <= BsonConstants.DateTimeMaxValueMillisecondsSinceEpoch;
            value = isInRange ? BsonUtils.ToDateTimeFromMillisecondsSinceEpoch(milliseconds) : default;
            return isInRange;
        }
    }

    private readonly struct BooleanBytes : IFixedBytes<bool>
    {
        public static BsonType Type => BsonType.Boolean;

        public static int Size => 1;

        public static void Encode(bool value, Span<byte> bytes) => bytes[0] = value ? (byte)1 : (byte)0;

        public static bool TryDecode(ReadOnlySpan<byte> bytes, out bool value)
        {
            value = bytes[0] == 1;
            return bytes[0] <= 1;
        }
    }

    private readonly struct ObjectIdBytes : IFixedBytes<ObjectId>
    {
        public static BsonType Type => BsonType.ObjectId;

        public static int Size => 12;

        public static void Encode(ObjectId value, Span<byte> bytes) => value.ToByteSpan(bytes);

        public static bool TryDecode(ReadOnlySpan<byte> bytes, out ObjectId value)
        {
            value = ObjectId.FromSpan(bytes);
            return true;
        }
    }
}
