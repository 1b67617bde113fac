using Temporalio.Client;

namespace Temporalio.Grpc;

/// <summary>What a call carries besides its message.</summary>
/// <param name="Options">The caller's options.</param>
/// <param name="Metadata">The connection's headers.</param>
/// <param name="BinaryMetadata">The connection's binary headers.</param>
/// <param name="ApiKey">The connection's bearer token.</param>
internal readonly record struct GrpcCallContext(
    RpcOptions? Options,
    IReadOnlyCollection<KeyValuePair<string, string>> Metadata,
    IReadOnlyCollection<KeyValuePair<string, byte[]>> BinaryMetadata,
    string? ApiKey)
{
    public CancellationToken CancellationToken => Options?.CancellationToken ?? default;

    /// <summary>Writes the headers; the call's win over the connection's.</summary>
    public void WriteTo(System.Net.Http.Headers.HttpRequestHeaders headers)
    {
        if (ApiKey != null && Options?.Metadata?.Any(IsAuthorization) != true && !Metadata.Any(IsAuthorization))
        {
            headers.TryAddWithoutValidation("authorization", "Bearer " + ApiKey);
        }
        Write(headers, Metadata);
        Write(headers, Options?.Metadata);
        WriteBinary(headers, BinaryMetadata);
        WriteBinary(headers, Options?.BinaryMetadata);
    }

    private static bool IsAuthorization(KeyValuePair<string, string> header) =>
        header.Key.Equals("authorization", StringComparison.OrdinalIgnoreCase);

    private static void Write(System.Net.Http.Headers.HttpRequestHeaders headers, IReadOnlyCollection<KeyValuePair<string, string>>? values)
    {
        foreach (var (name, value) in values ?? [])
        {
            headers.Remove(name);
            headers.TryAddWithoutValidation(name, value);
        }
    }

    private static void WriteBinary(System.Net.Http.Headers.HttpRequestHeaders headers, IReadOnlyCollection<KeyValuePair<string, byte[]>>? values)
    {
        foreach (var (name, value) in values ?? [])
        {
            headers.Remove(name);
            headers.TryAddWithoutValidation(name, Convert.ToBase64String(value).TrimEnd('='));
        }
    }
}
