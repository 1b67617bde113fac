using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MongoDB.Bson.Serialization;

/// <summary>The layout of binary data of subtype 9: the item type, the padding, and the items in little-endian order.</summary>
internal static class BinaryVectorEncoding
{
    private const int HeaderSize = 2;

    public static BsonBinaryData Encode<TItem>(ReadOnlySpan<TItem> items, BinaryVectorDataType type, byte padding) where TItem : struct
    {
        RequireItemType<TItem>(type);
        var source = MemoryMarshal.AsBytes(items);
        var bytes = new byte[HeaderSize + source.Length];
        bytes[0] = (byte)type;
        bytes[1] = padding;
        source.CopyTo(bytes.AsSpan(HeaderSize));
        if (type == BinaryVectorDataType.Float32 && !BitConverter.IsLittleEndian)
        {
            ReverseEach(bytes.AsSpan(HeaderSize));
        }
        return new BsonBinaryData(bytes, BsonBinarySubType.Vector);
    }

    public static (ReadOnlyMemory<byte> Bytes, byte Padding, BinaryVectorDataType Type) Split(BsonBinaryData binaryData)
    {
        ArgumentNullException.ThrowIfNull(binaryData);
        if (binaryData.SubType != BsonBinarySubType.Vector || binaryData.Bytes.Length < HeaderSize)
        {
            throw new FormatException($"Binary data of subtype {binaryData.SubType} with {binaryData.Bytes.Length} bytes is not a vector.");
        }
        var (type, padding, items) = ((BinaryVectorDataType)binaryData.Bytes[0], binaryData.Bytes[1], binaryData.Bytes.AsMemory(HeaderSize));
        var isValid = type switch
        {
            BinaryVectorDataType.Float32 => padding == 0 && items.Length % sizeof(float) == 0,
            BinaryVectorDataType.Int8 => padding == 0,
            BinaryVectorDataType.PackedBit => padding <= 7 && (padding == 0 || items.Length > 0),
            _ => false,
        };
        return isValid ? (items, padding, type)
            : throw new FormatException($"A vector with item type {type}, padding {padding} and {items.Length} bytes is not valid.");
    }

    public static TItem[] Decode<TItem>(ReadOnlySpan<byte> bytes, BinaryVectorDataType type) where TItem : struct
    {
        RequireItemType<TItem>(type);
        var items = MemoryMarshal.Cast<byte, TItem>(bytes).ToArray();
        if (type == BinaryVectorDataType.Float32 && !BitConverter.IsLittleEndian)
        {
            ReverseEach(MemoryMarshal.AsBytes(items.AsSpan()));
        }
        return items;
    }

    private static void RequireItemType<TItem>(BinaryVectorDataType type)
    {
        var isRight = type switch
        {
            BinaryVectorDataType.Float32 => typeof(TItem) == typeof(float),
            BinaryVectorDataType.Int8 => typeof(TItem) == typeof(sbyte) || typeof(TItem) == typeof(byte),
            BinaryVectorDataType.PackedBit => typeof(TItem) == typeof(byte),
            _ => false,
        };
        if (!isRight)
        {
            throw new FormatException($"A vector of {type} does not have items of type {typeof(TItem).Name}.");
        }
    }

    private static void ReverseEach(Span<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, uint>(bytes);
        BinaryPrimitives.ReverseEndianness(words, words);
    }
}
