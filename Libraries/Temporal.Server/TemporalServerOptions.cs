using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace ImageLibrary.Temporal.Server;

/// <summary>The settings of <see cref="TemporalServerHost"/>.</summary>
public sealed record TemporalServerOptions
{
    /// <summary>The address to listen on; loopback by default.</summary>
    public IPAddress Ip { get; init; } = IPAddress.Loopback;

    /// <summary>The TCP port; 0 takes a free one, found in <see cref="TemporalServerHost.Address"/> afterwards.</summary>
    public int Port { get; init; } = 7233;

    /// <summary>The key that every call must carry as <c>authorization: Bearer KEY</c>; null lets everybody in who can connect.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The certificate, with its private key, under which the server speaks TLS; null for clear text.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The SQLite file that holds everything; null keeps everything in memory.</summary>
    public string? DatabaseFile { get; init; }

    /// <summary>What an acknowledgement promises. Ignored, and <see cref="Server.Durability.Memory"/>, where <see cref="DatabaseFile"/> is null.</summary>
    public Durability Durability { get; init; } = Durability.Full;

    /// <summary>Namespaces registered at the start unless they exist; <c>default</c> always exists.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Search attributes registered at the start in every namespace that <see cref="Namespaces"/> names and in <c>default</c>.</summary>
    public IReadOnlyDictionary<string, SearchAttributeType> SearchAttributes { get; init; } = new Dictionary<string, SearchAttributeType>();

    /// <summary>How long closed workflows of a namespace that is created at the start are kept; 24 hours by default, as in the official development server.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// The identity of the worker that lives in the server's own process, if there is one. Nothing under this identity can outlive the
    /// process, so attempts that it held at a crash are timed out at the next start instead of after their heartbeat timeout.
    /// </summary>
    public string? WorkerIdentity { get; init; }

    /// <summary>The clock; the system's by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Receives the server's log lines; none by default.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Checks the values.</summary>
    /// <exception cref="TemporalServerException">A value is out of range; the message names the setting and its environment variable.</exception>
    public void Validate()
    {
        if (Port is < 0 or > 65535)
        {
            throw new TemporalServerException($"Port {Port} is not a TCP port (0 to 65535). Set --engine-port or IMAGELIBRARY_ENGINE_PORT.");
        }

        if (ApiKey is { Length: 0 })
        {
            throw new TemporalServerException("The API key is empty. Set --api-key, or leave it out.");
        }

        if (Certificate is { HasPrivateKey: false })
        {
            throw new TemporalServerException("The certificate has no private key. Set --tls-cert and --tls-key.");
        }

        if (Retention < TimeSpan.FromHours(1))
        {
            throw new TemporalServerException("The retention must be at least one hour.");
        }

        if (DatabaseFile is { Length: 0 })
        {
            throw new TemporalServerException("The database file has no name. Set --db-filename or IMAGELIBRARY_ENGINE_DB.");
        }

        if (Namespaces.Any(string.IsNullOrWhiteSpace))
        {
            throw new TemporalServerException("A namespace has no name.");
        }
    }
}
