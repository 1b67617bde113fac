using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Google.Protobuf;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Temporalio.Grpc;

/// <summary>Unary gRPC calls over HTTP/2.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A connection lives as long as the process; it has no end in the public API.")]
internal sealed class GrpcChannel
{
    private const string Gzip = "gzip";

    private static readonly RpcRetryOptions DefaultRetry = new();

    private readonly HttpMessageInvoker http;
    private readonly Uri address;
    private readonly RpcRetryOptions retryOptions;
    private readonly bool compress;

    public GrpcChannel(TemporalConnectionOptions options)
    {
        var tls = options.Tls is { Disabled: false } || (options.Tls == null && options.ApiKey != null) ? options.Tls ?? new() : null;
        address = new($"{(tls == null ? "http" : "https")}://{options.TargetHost}");
        retryOptions = options.RpcRetry ?? DefaultRetry;
        compress = options.GrpcCompression is GrpcCompression.Gzip;
        var handler = new SocketsHttpHandler
        {
            // A connection carries a hundred streams, which long polls use up.
            EnableMultipleHttp2Connections = true,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        };
        if (options.KeepAlive is { } keepAlive)
        {
            handler.KeepAlivePingDelay = keepAlive.Interval;
            handler.KeepAlivePingTimeout = keepAlive.Timeout;
            handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always;
        }
        if (tls != null)
        {
            handler.SslOptions = SslOptions(tls);
        }
        http = new(handler);
    }

    /// <summary>Makes a call, again and again if its options say so.</summary>
    /// <exception cref="RpcException">It failed, or its time ran out (code Cancelled).</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<T> CallAsync<T>(GrpcMethod method, IMessage request, MessageParser<T> parser, GrpcCallContext call)
        where T : IMessage<T>
    {
        GrpcRetry? retry = null;
        while (true)
        {
            try
            {
                return await TryCallAsync(method, request, parser, call).ConfigureAwait(false);
            }
            catch (RpcException e) when (call.Options?.Retry == true && GrpcRetry.IsTransient(e))
            {
                retry ??= new(retryOptions, TimeProvider.System);
                if (retry.Next(e) is not { } pause)
                {
                    throw;
                }
                await Task.Delay(pause, call.CancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static SslClientAuthenticationOptions SslOptions(TlsOptions tls)
    {
        var ssl = new SslClientAuthenticationOptions { TargetHost = tls.Domain };
        if (tls.ClientCert != null && tls.ClientPrivateKey != null)
        {
            ssl.ClientCertificates =
            [
                X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(tls.ClientCert), Encoding.UTF8.GetString(tls.ClientPrivateKey)),
            ];
        }
        if (tls.ServerRootCACert != null)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPem(Encoding.UTF8.GetString(tls.ServerRootCACert));
            ssl.CertificateChainPolicy = policy;
        }
        return ssl;
    }

    private static string FormatTimeout(TimeSpan timeout)
    {
        // At most eight digits and a unit.
        var milliseconds = (long)Math.Max(1, timeout.TotalMilliseconds);
        return milliseconds < 100_000_000
            ? milliseconds.ToString(CultureInfo.InvariantCulture) + "m"
            : Math.Min(milliseconds / 1000, 99_999_999).ToString(CultureInfo.InvariantCulture) + "S";
    }

    private async Task<T> TryCallAsync<T>(GrpcMethod method, IMessage message, MessageParser<T> parser, GrpcCallContext call)
        where T : IMessage<T>
    {
        var timeout = call.Options?.Timeout ?? method.Timeout;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken);
        deadline.CancelAfter(timeout);
        using var request = CreateRequest(method, message, timeout, call);
        try
        {
            using var response = await http.SendAsync(request, deadline.Token).ConfigureAwait(false);
            return await ReadAsync(response, parser, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (call.CancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(call.CancellationToken);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new RpcException(RpcException.StatusCode.Cancelled, "Timeout expired", null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AuthenticationException)
        {
            throw new RpcException(RpcException.StatusCode.Unavailable, $"{address.Authority}: {e.Message}", null);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new RpcException(RpcException.StatusCode.Internal, $"Unreadable response: {e.Message}", null);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, MessageParser<T> parser, CancellationToken cancellationToken)
        where T : IMessage<T>
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK || response.Content.Headers.ContentType?.MediaType?.StartsWith("application/grpc", StringComparison.Ordinal) != true)
        {
            throw GrpcStatusReader.Read(response) ?? new RpcException(RpcException.StatusCode.Unknown, "The answer is not gRPC", null);
        }
        var gzip = response.Headers.NonValidated.TryGetValues("grpc-encoding", out var encoding) && encoding.ToString() == Gzip;
        var (found, message) = await GrpcResponseReader.ReadAsync(stream, parser, gzip, cancellationToken).ConfigureAwait(false);
        if (GrpcStatusReader.Read(response) is { } failure)
        {
            throw failure;
        }
        return found ? message! : throw new RpcException(RpcException.StatusCode.Internal, "The response has no message", null);
    }

    private HttpRequestMessage CreateRequest(GrpcMethod method, IMessage message, TimeSpan timeout, GrpcCallContext call)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, method.Path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new GrpcRequestContent(message, compress),
        };
        var headers = request.Headers;
        headers.TryAddWithoutValidation("te", "trailers");
        headers.TryAddWithoutValidation("grpc-timeout", FormatTimeout(timeout));
        headers.TryAddWithoutValidation("grpc-accept-encoding", "identity,gzip");
        if (compress)
        {
            headers.TryAddWithoutValidation("grpc-encoding", Gzip);
        }
        headers.TryAddWithoutValidation("client-name", TemporalConnection.ClientIdentity.Name);
        headers.TryAddWithoutValidation("client-version", TemporalConnection.ClientIdentity.Version);
        call.WriteTo(headers);
        return request;
    }
}
