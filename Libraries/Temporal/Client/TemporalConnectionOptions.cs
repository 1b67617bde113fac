namespace Temporalio.Client;

/// <summary>Options of a connection.</summary>
public class TemporalConnectionOptions : ICloneable
{
    /// <summary>Creates options without a host.</summary>
    public TemporalConnectionOptions()
    {
    }

    /// <summary>Creates options.</summary>
    /// <param name="targetHost">Host and port of the server.</param>
    public TemporalConnectionOptions(string targetHost) => TargetHost = targetHost;

    /// <summary>Host and port of the server, required.</summary>
    public string? TargetHost { get; set; }

    /// <summary>Key sent as bearer token; encryption is then on by default.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Encryption, null for none unless there is an API key.</summary>
    public TlsOptions? Tls { get; set; }

    /// <summary>How calls are retried, null for the defaults.</summary>
    public RpcRetryOptions? RpcRetry { get; set; }

    /// <summary>How a broken connection is noticed, null for not at all.</summary>
    public KeepAliveOptions? KeepAlive { get; set; } = new();

    /// <summary>Headers of all calls.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>>? RpcMetadata { get; set; }

    /// <summary>Binary headers of all calls; the names end in <c>-bin</c>.</summary>
    public IReadOnlyCollection<KeyValuePair<string, byte[]>>? RpcBinaryMetadata { get; set; }

    /// <summary>Who this process is, null for process id and host name.</summary>
    public string? Identity { get; set; }

    /// <summary>Compression of requests, null for none.</summary>
    public GrpcCompression? GrpcCompression { get; set; }

    /// <inheritdoc />
    public virtual object Clone()
    {
        var copy = (TemporalConnectionOptions)MemberwiseClone();
        copy.Tls = (TlsOptions?)Tls?.Clone();
        copy.RpcRetry = (RpcRetryOptions?)RpcRetry?.Clone();
        copy.KeepAlive = (KeepAliveOptions?)KeepAlive?.Clone();
        return copy;
    }

    /// <summary>Checks that a server is named.</summary>
    internal void Validate()
    {
        if (string.IsNullOrEmpty(TargetHost))
        {
            throw new ArgumentException("TargetHost is required");
        }
        if (TargetHost.Contains("://", StringComparison.Ordinal))
        {
            throw new ArgumentException("TargetHost cannot be a URL");
        }
    }
}
