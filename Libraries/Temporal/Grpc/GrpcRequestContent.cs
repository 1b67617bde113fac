using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Temporalio.Grpc;

/// <summary>
/// One message in gRPC's frame: a flag byte, a big-endian length of four bytes, the message. It is serialized once,
/// into a pooled buffer, when it is sent.
/// </summary>
internal sealed class GrpcRequestContent : HttpContent
{
    public const int HeaderSize = 5;

    private static readonly MediaTypeHeaderValue GrpcType = new("application/grpc");

    private readonly IMessage message;
    private readonly bool compress;

    public GrpcRequestContent(IMessage message, bool compress)
    {
        this.message = message;
        this.compress = compress;
        Headers.ContentType = GrpcType;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var size = message.CalculateSize();
        var buffer = ArrayPool<byte>.Shared.Rent(HeaderSize + size);
        try
        {
            message.WriteTo(buffer.AsSpan(HeaderSize, size));
            if (compress)
            {
                await WriteCompressedAsync(stream, buffer.AsMemory(HeaderSize, size)).ConfigureAwait(false);
                return;
            }
            buffer[0] = 0;
            BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(1), size);
            await stream.WriteAsync(buffer.AsMemory(0, HeaderSize + size)).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        // gRPC streams have no declared length.
        length = 0;
        return false;
    }

    private static async Task WriteCompressedAsync(Stream stream, ReadOnlyMemory<byte> body)
    {
        using var frame = new MemoryStream();
        frame.SetLength(HeaderSize);
        frame.Position = HeaderSize;
        using (var gzip = new GZipStream(frame, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body.Span);
        }
        var bytes = frame.GetBuffer().AsMemory(0, (int)frame.Length);
        bytes.Span[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(bytes.Span[1..], bytes.Length - HeaderSize);
        await stream.WriteAsync(bytes).ConfigureAwait(false);
    }
}
