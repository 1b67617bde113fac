using System.Net;
using System.Net.Http.Headers;
using Temporalio.Exceptions;

namespace Temporalio.Grpc;

/// <summary>Reads how a call ended (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md).</summary>
internal static class GrpcStatusReader
{
    /// <summary>The failure that the response tells of, null on success.</summary>
    public static RpcException? Read(HttpResponseMessage response)
    {
        // A call that fails at once has its status in the headers; there are no trailers then.
        var trailers = Find(response.TrailingHeaders, "grpc-status") != null ? response.TrailingHeaders : (HttpHeaders)response.Headers;
        if (Find(trailers, "grpc-status") is not { } text)
        {
            return new(FromHttp(response.StatusCode), $"No gRPC status in a response with HTTP status {(int)response.StatusCode}", null);
        }
        if (!int.TryParse(text, out var code))
        {
            return new(RpcException.StatusCode.Unknown, $"Bad gRPC status {text}", null);
        }
        return code == 0
            ? null
            : new((RpcException.StatusCode)code, Uri.UnescapeDataString(Find(trailers, "grpc-message") ?? ""), Details(trailers));
    }

    private static byte[]? Details(HttpHeaders headers)
    {
        if (Find(headers, "grpc-status-details-bin") is not { Length: > 0 } text)
        {
            return null;
        }
        var bytes = new byte[text.Length];
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64String(padded, bytes, out var length) ? bytes[..length] : null;
    }

    private static string? Find(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static RpcException.StatusCode FromHttp(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => RpcException.StatusCode.Internal,
        HttpStatusCode.Unauthorized => RpcException.StatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => RpcException.StatusCode.PermissionDenied,
        HttpStatusCode.NotFound => RpcException.StatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            => RpcException.StatusCode.Unavailable,
        _ => RpcException.StatusCode.Unknown,
    };
}
