using Temporalio.Client;

namespace ImageLibrary.Cli.Settings;

/// <summary>How to reach a Temporal server; without an address the embedded engine is used.</summary>
internal sealed record TemporalSettings(
    Setting<string?> Address, Setting<string> Namespace, Setting<string?> ApiKey, Setting<string?> TlsCert, Setting<string?> TlsKey,
    Setting<string?> TlsCa)
{
    public static TemporalSettings Read(SettingReader reader) => new(
        reader.OptionalText(ServeOptions.Temporal, ["IMAGELIBRARY_TEMPORAL", "TEMPORAL_ADDRESS"], "temporal.address"),
        reader.Text(ServeOptions.TemporalNamespace, ["IMAGELIBRARY_TEMPORAL_NAMESPACE", "TEMPORAL_NAMESPACE"], "temporal.namespace", "default"),
        reader.OptionalText(ServeOptions.TemporalApiKey, ["IMAGELIBRARY_TEMPORAL_API_KEY", "TEMPORAL_API_KEY"], "temporal.api-key"),
        reader.OptionalText(ServeOptions.TemporalTlsCert, ["IMAGELIBRARY_TEMPORAL_TLS_CERT", "TEMPORAL_TLS_CLIENT_CERT_PATH"], "temporal.tls.cert"),
        reader.OptionalText(ServeOptions.TemporalTlsKey, ["IMAGELIBRARY_TEMPORAL_TLS_KEY", "TEMPORAL_TLS_CLIENT_KEY_PATH"], "temporal.tls.key"),
        reader.OptionalText(ServeOptions.TemporalTlsCa, ["IMAGELIBRARY_TEMPORAL_TLS_CA", "TEMPORAL_TLS_SERVER_CA_CERT_PATH"], "temporal.tls.ca"));

    /// <summary>Options of a client; an API key or a certificate switches TLS on.</summary>
    public async Task<TemporalClientConnectOptions> ConnectOptionsAsync(string address, CancellationToken cancellationToken)
    {
        var tls = ApiKey.Value is not null || TlsCert.Value is not null || TlsCa.Value is not null
            ? new TlsOptions
            {
                ClientCert = await FileAsync(TlsCert, cancellationToken),
                ClientPrivateKey = await FileAsync(TlsKey, cancellationToken),
                ServerRootCACert = await FileAsync(TlsCa, cancellationToken),
            }
            : null;
        return new TemporalClientConnectOptions(address) { Namespace = Namespace.Value, ApiKey = ApiKey.Value, Tls = tls };
    }

    private static async Task<byte[]?> FileAsync(Setting<string?> path, CancellationToken cancellationToken)
    {
        try
        {
            return path.Value is { } file ? await File.ReadAllBytesAsync(file, cancellationToken) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"the file of {path.Source} cannot be read: {e.Message}", inner: e);
        }
    }
}
