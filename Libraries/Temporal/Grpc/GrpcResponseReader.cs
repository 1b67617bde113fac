using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Google.Protobuf;
using Temporalio.Exceptions;

namespace Temporalio.Grpc;

/// <summary>Reads the single message of a response.</summary>
internal static class GrpcResponseReader
{
    // As in the official SDK; the server's own limit is far lower.
    private const int MaximumSize = 128 * 1024 * 1024;

    /// <summary>Reads to the end, so that the trailers have arrived.</summary>
    /// <returns>The message; not found when the response has none.</returns>
    public static async Task<(bool Found, T? Message)> ReadAsync<T>(Stream stream, MessageParser<T> parser, bool gzip, CancellationToken cancellationToken)
        where T : IMessage<T>
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            // Mostly, header and message come in one piece, and the second read only sees the end.
            var filled = await stream.ReadAtLeastAsync(buffer, GrpcRequestContent.HeaderSize, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if (filled == 0)
            {
                return default;
            }
            var size = filled < GrpcRequestContent.HeaderSize ? 0 : BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(1));
            if (size > MaximumSize)
            {
                throw new RpcException(RpcException.StatusCode.ResourceExhausted, $"Response of {size} bytes exceeds {MaximumSize}", null);
            }
            var end = GrpcRequestContent.HeaderSize + (int)size;
            if (buffer.Length < end)
            {
                buffer = Grow(buffer, filled, end);
            }
            filled += await stream.ReadAtLeastAsync(buffer.AsMemory(filled), Math.Max(0, end - filled), throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if (filled < end)
            {
                throw new RpcException(RpcException.StatusCode.Internal, "The response ended within a message", null);
            }
            var message = Parse(buffer.AsSpan(GrpcRequestContent.HeaderSize, (int)size), parser, buffer[0], gzip);
            if (filled > end || await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) > 0)
            {
                throw new RpcException(RpcException.StatusCode.Internal, "More than one message in the response", null);
            }
            return (true, message);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer, int filled, int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static T Parse<T>(ReadOnlySpan<byte> body, MessageParser<T> parser, byte flag, bool gzip)
        where T : IMessage<T>
    {
        if (flag == 0)
        {
            return parser.ParseFrom(body);
        }
        if (!gzip)
        {
            throw new RpcException(RpcException.StatusCode.Internal, "The response has an unknown compression", null);
        }
        using var compressed = new MemoryStream(body.ToArray());
        using var plain = new GZipStream(compressed, CompressionMode.Decompress);
        return parser.ParseFrom(plain);
    }
}
