namespace Temporalio.Client;

/// <summary>Compression of requests. Compressed responses are always accepted.</summary>
public abstract record GrpcCompression
{
    private GrpcCompression()
    {
    }

    /// <summary>No compression.</summary>
    public sealed record None : GrpcCompression;

    /// <summary>Compression by gzip.</summary>
    public sealed record Gzip : GrpcCompression;
}
