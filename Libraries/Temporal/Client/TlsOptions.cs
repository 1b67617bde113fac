namespace Temporalio.Client;

/// <summary>How a connection is encrypted.</summary>
public class TlsOptions : ICloneable
{
    /// <summary>Switches encryption off even when an API key is set.</summary>
    public bool Disabled { get; set; }

    /// <summary>Certificates that are trusted (PEM), null for those of the system.</summary>
    public byte[]? ServerRootCACert { get; set; }

    /// <summary>Name that the server's certificate must have, null for the host that is connected to.</summary>
    public string? Domain { get; set; }

    /// <summary>Certificate to authenticate with (PEM).</summary>
    public byte[]? ClientCert { get; set; }

    /// <summary>Key of that certificate (PEM).</summary>
    public byte[]? ClientPrivateKey { get; set; }

    /// <inheritdoc />
    public virtual object Clone() => MemberwiseClone();
}
