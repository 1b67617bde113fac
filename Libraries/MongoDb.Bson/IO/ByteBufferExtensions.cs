namespace MongoDB.Bson.IO;

/// <summary>Copies between buffers and spans, and the checks that all buffers share.</summary>
internal static class ByteBufferExtensions
{
    public static byte[] ToArray(this IByteBuffer buffer)
    {
        var bytes = new byte[buffer.Length];
        buffer.GetBytes(0, bytes, 0, bytes.Length);
        return bytes;
    }

    public static void CopyTo(this IByteBuffer buffer, int position, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            var piece = buffer.AccessBackingBytes(position).AsSpan();
            piece = piece[..Math.Min(piece.Length, destination.Length)];
            piece.CopyTo(destination);
            destination = destination[piece.Length..];
            position += piece.Length;
        }
    }

    public static void CopyFrom(this IByteBuffer buffer, int position, ReadOnlySpan<byte> source)
    {
        while (!source.IsEmpty)
        {
            var piece = buffer.AccessBackingBytes(position).AsSpan();
            var count = Math.Min(piece.Length, source.Length);
            source[..count].CopyTo(piece);
            source = source[count..];
            position += count;
        }
    }

    public static void CheckRange(int position, int count, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count > limit - position)
        {
            throw new ArgumentOutOfRangeException(nameof(count), $"{count} bytes from position {position} exceed the buffer's {limit}.");
        }
    }

    public static void CheckWritable(bool isReadOnly)
    {
        if (isReadOnly)
        {
            throw new InvalidOperationException("The buffer is read-only.");
        }
    }

    public static void CheckReadOnly(bool isReadOnly)
    {
        if (!isReadOnly)
        {
            throw new InvalidOperationException("Only a read-only buffer has slices.");
        }
    }
}
