using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Pipelines;
using Google.Protobuf;

namespace ImageLibrary.Temporal.Server.Wire;

/// <summary>The framing of unary gRPC: one flag byte, four bytes of length, the message.</summary>
internal static class GrpcFrame
{
    private const int HeaderLength = 5;

    /// <summary>The largest message, compressed or not; that of the official client.</summary>
    public const int MaximumLength = 128 * 1024 * 1024;

    /// <summary>Reads the request's only frame and parses it.</summary>
    public static async ValueTask<IMessage> ReadAsync(PipeReader reader, string? encoding, MethodTable.Method method, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (TryParse(result.Buffer, encoding, method, out var message))
            {
                reader.AdvanceTo(result.Buffer.End);
                return message;
            }

            if (result.IsCompleted)
            {
                throw new RpcException(StatusCode.Internal, "The request ends within a message.");
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>Writes a reply as one frame, without compression.</summary>
    public static void Write(PipeWriter writer, RpcReply reply)
    {
        var head = reply.Message.CalculateSize();
        var span = writer.GetSpan(HeaderLength + head);
        span[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(span[1..], head + reply.TailLength);
        reply.Message.WriteTo(span.Slice(HeaderLength, head));
        writer.Advance(HeaderLength + head);
        foreach (var part in reply.Tail ?? [])
        {
            writer.Write(part.Span);
        }
    }

    private static bool TryParse(ReadOnlySequence<byte> buffer, string? encoding, MethodTable.Method method, out IMessage message)
    {
        message = null!;
        if (buffer.Length < HeaderLength)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[HeaderLength];
        buffer.Slice(0, HeaderLength).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (length > MaximumLength)
        {
            throw RpcException.ResourceExhausted($"grpc: received message larger than max ({length} vs. {MaximumLength})");
        }

        if (buffer.Length < HeaderLength + length)
        {
            return false;
        }

        var body = buffer.Slice(HeaderLength, length);
        try
        {
            message = header[0] == 0 ? method.Parse(body) : method.Parse(Decompress(body, encoding));
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new RpcException(StatusCode.Internal, $"grpc: error unmarshalling request: {exception.Message}");
        }

        return true;
    }

    private static ReadOnlySequence<byte> Decompress(ReadOnlySequence<byte> body, string? encoding)
    {
        using var source = new MemoryStream(body.ToArray(), writable: false);
        using Stream inflater = encoding switch
        {
            "gzip" => new GZipStream(source, CompressionMode.Decompress),
            "deflate" => new ZLibStream(source, CompressionMode.Decompress),
            _ => throw new RpcException(StatusCode.Unimplemented, $"grpc: Decompressor is not installed for grpc-encoding \"{encoding}\""),
        };
        using var target = new MemoryStream();
        var chunk = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            for (int read; (read = inflater.Read(chunk)) > 0;)
            {
                if (target.Length + read > MaximumLength)
                {
                    throw RpcException.ResourceExhausted("grpc: received message after decompression larger than max");
                }

                target.Write(chunk, 0, read);
            }
        }
        catch (InvalidDataException exception)
        {
            throw new RpcException(StatusCode.Internal, $"grpc: failed to decompress the message: {exception.Message}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        return new ReadOnlySequence<byte>(target.GetBuffer(), 0, (int)target.Length);
    }
}
