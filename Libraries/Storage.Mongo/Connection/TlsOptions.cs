using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

/// <summary>Encryption: whom to trust, and the certificate to show.</summary>
internal static class TlsOptions
{
    private static readonly string[] NeedTls =
    [
        "tlsInsecure", "tlsAllowInvalidCertificates", "tlsAllowInvalidHostnames", "tlsCAFile", "tlsCertificateKeyFile",
        "tlsCertificateKeyFilePassword", "tlsDisableCertificateRevocationCheck",
    ];

    public static void Apply(UrlOptions options, MongoClientSettings settings)
    {
        settings.UseTls = options.Flag("tls", "ssl") ?? false;
        if (!settings.UseTls)
        {
            // Whoever names an authority believes the connection to be encrypted.
            if (NeedTls.FirstOrDefault(options.Has) is { } name)
            {
                throw ConnectionFault.Of($"option {name} needs tls=true");
            }
            return;
        }
        var insecure = options.Flag("tlsInsecure");
        var anyCertificate = options.Flag("tlsAllowInvalidCertificates");
        var anyName = options.Flag("tlsAllowInvalidHostnames");
        var withoutRevocation = options.Flag("tlsDisableCertificateRevocationCheck");
        if (insecure is not null && (anyCertificate ?? anyName ?? withoutRevocation) is not null)
        {
            throw ConnectionFault.Of("option tlsInsecure excludes the other options that loosen TLS");
        }
        settings.AllowInsecureTls = insecure == true || anyCertificate == true;
        settings.SslSettings = new SslSettings
        {
            CheckCertificateRevocation = withoutRevocation == false,
            ClientCertificates = ReadCertificate(options) is { } certificate ? [certificate] : [],
        };
        var authorities = options.Text("tlsCAFile") is { } file ? ReadAuthorities(file) : null;
        if (!settings.AllowInsecureTls && (authorities is not null || anyName == true))
        {
            settings.SslSettings.ServerCertificateValidationCallback = (_, shown, chain, errors) =>
                IsTrusted(shown, chain, anyName == true ? errors & ~SslPolicyErrors.RemoteCertificateNameMismatch : errors, authorities);
        }
    }

    private static bool IsTrusted(X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors, X509Certificate2Collection? authorities)
    {
        if (authorities is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0 || shown is not X509Certificate2 certificate)
        {
            return errors == SslPolicyErrors.None;
        }
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(authorities);
        own.ChainPolicy.RevocationMode = chain?.ChainPolicy.RevocationMode ?? X509RevocationMode.NoCheck;
        own.ChainPolicy.ExtraStore.AddRange(chain?.ChainPolicy.ExtraStore ?? []);
        return own.Build(certificate);
    }

    private static X509Certificate2Collection ReadAuthorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        Reading("tlsCAFile", file, () => authorities.ImportFromPemFile(file));
        return authorities.Count > 0 ? authorities : throw ConnectionFault.Of($"tlsCAFile {file} holds no certificate in PEM form");
    }

    private static X509Certificate2? ReadCertificate(UrlOptions options)
    {
        var password = options.Text("tlsCertificateKeyFilePassword");
        if (options.Text("tlsCertificateKeyFile") is not { } file)
        {
            return password is null ? null : throw ConnectionFault.Of("option tlsCertificateKeyFilePassword needs tlsCertificateKeyFile");
        }
        X509Certificate2? certificate = null;
        Reading("tlsCertificateKeyFile", file, () =>
        {
            using var read = password is null ? X509Certificate2.CreateFromPemFile(file) : X509Certificate2.CreateFromEncryptedPemFile(file, password);
            // Keys that exist in memory only cannot be used for TLS on every system.
            certificate = X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
        });
        return certificate;
    }

    private static void Reading(string option, string file, Action read)
    {
        if (!File.Exists(file))
        {
            // Not quoted: where the URL is damaged, a password may stand in its place.
            throw ConnectionFault.Of($"{option} names a file that does not exist or may not be seen");
        }
        try
        {
            read();
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw ConnectionFault.Of($"{option} {file} cannot be read: {exception.Message}", exception);
        }
    }
}
