using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace ImageLibrary.Temporal.Server.Wire;

/// <summary>Answers one HTTP/2 request as a unary gRPC call (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md).</summary>
internal sealed partial class GrpcEndpoint(MethodTable methods, string? apiKey, TimeProvider time, ILogger logger)
{
    private const string BearerPrefix = "Bearer ";
    private readonly byte[]? expectedKey = apiKey is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(apiKey));

    public async Task HandleAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) != true)
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        context.Response.ContentType = "application/grpc";
        var timeout = GrpcTimeout.Parse(context.Request.Headers["grpc-timeout"]);
        using var deadline = timeout is { } limit ? new CancellationTokenSource(limit, time) : null;
        using var aborted = deadline is null ? null : CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, deadline.Token);
        var token = aborted?.Token ?? context.RequestAborted;
        try
        {
            Authorize(context.Request);
            var path = context.Request.Path.Value ?? string.Empty;
            if (!methods.TryFind(path, out var method))
            {
                throw MethodTable.Unknown(path);
            }

            var request = await GrpcFrame.ReadAsync(context.Request.BodyReader, context.Request.Headers["grpc-encoding"], method, token).ConfigureAwait(false);
            var call = new RpcCall(timeout, context.Request.Headers["client-name"].ToString(), token);
            var reply = await method.Handler(request, call).ConfigureAwait(false);
            context.Response.AppendTrailer("grpc-status", "0");
            GrpcFrame.Write(context.Response.BodyWriter, reply);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        }
        catch (RpcException exception)
        {
            Fail(context, exception);
        }
        catch (OperationCanceledException)
        {
            Fail(context, deadline is { IsCancellationRequested: true }
                ? new RpcException(StatusCode.DeadlineExceeded, "context deadline exceeded")
                : new RpcException(StatusCode.Canceled, "context canceled"));
        }
        catch (Exception exception)
        {
            LogFault(logger, exception, context.Request.Path.Value ?? string.Empty);
            Fail(context, new RpcException(StatusCode.Internal, "The server failed to answer; its log has the cause."));
        }
    }

    // Hashes have one length, so that the comparison tells nothing about the key, not even its length.
    private void Authorize(HttpRequest request)
    {
        if (expectedKey is null)
        {
            return;
        }

        var given = request.Headers.Authorization.ToString();
        if (!given.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
            || !CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given[BearerPrefix.Length..])), expectedKey))
        {
            throw new RpcException(StatusCode.Unauthenticated, "The API key is missing or wrong.");
        }
    }

    /// <summary>Sends status and message in the headers, without a body: the trailers-only form.</summary>
    private static void Fail(HttpContext context, RpcException exception)
    {
        if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
            return;
        }

        var headers = context.Response.Headers;
        headers["grpc-status"] = ((int)exception.Code).ToString(CultureInfo.InvariantCulture);
        headers["grpc-message"] = PercentEncode(exception.Message);
        if (exception.StatusDetails() is { } details)
        {
            headers["grpc-status-details-bin"] = Convert.ToBase64String(details).TrimEnd('=');
        }

        context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers.Clear();
    }

    private static string PercentEncode(string message)
    {
        var encoded = new StringBuilder(message.Length);
        foreach (var value in Encoding.UTF8.GetBytes(message))
        {
            if (value is >= 0x20 and <= 0x7e and not (byte)'%')
            {
                encoded.Append((char)value);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
            }
        }

        return encoded.ToString();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The call {Path} failed")]
    private static partial void LogFault(ILogger logger, Exception exception, string path);
}
