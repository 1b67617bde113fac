using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ImageLibrary.Core;
using ImageLibrary.Storage.Mongo;
using MongoDB.Driver;
using Xunit;

namespace ImageLibrary.Tests.Storage.Mongo.Connection;

/// <summary>The files and the trust of TLS, with certificates made here.</summary>
public sealed class TlsOptionsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("imagelibrary-tls-").FullName;
    private readonly X509Certificate2 _authority = Certificates.NewAuthority("CN=Test authority");
    private readonly X509Certificate2 _server;

    public TlsOptionsTests()
    {
        _server = Certificates.Issue(_authority, "CN=server");
        File.WriteAllText(PathOf("ca.pem"), _authority.ExportCertificatePem());
    }

    public void Dispose()
    {
        _server.Dispose();
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void CaFile_OfTheIssuer_IsTrustedAndNoOther()
    {
        using var other = Certificates.NewAuthority("CN=Somebody else");
        using var stranger = Certificates.Issue(other, "CN=server");
        var trusts = Validation($"tlsCAFile={PathOf("ca.pem")}");
        Assert.True(trusts(_server, SslPolicyErrors.RemoteCertificateChainErrors));
        Assert.False(trusts(stranger, SslPolicyErrors.RemoteCertificateChainErrors));
        Assert.False(trusts(stranger, SslPolicyErrors.None));
        Assert.False(trusts(_server, SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch));
        Assert.False(trusts(null, SslPolicyErrors.RemoteCertificateNotAvailable));
    }

    [Fact]
    public void AllowInvalidHostnames_WithACaFile_ForgivesTheNameOnly()
    {
        var trusts = Validation($"tlsAllowInvalidHostnames=true&tlsCAFile={PathOf("ca.pem")}");
        Assert.True(trusts(_server, SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch));
        trusts = Validation("tlsAllowInvalidHostnames=true");
        Assert.True(trusts(_server, SslPolicyErrors.RemoteCertificateNameMismatch));
        Assert.False(trusts(_server, SslPolicyErrors.RemoteCertificateChainErrors));
    }

    [Fact]
    public void Insecure_ByEitherName_TrustsAll()
    {
        Assert.True(Settings("tlsInsecure=true").AllowInsecureTls);
        Assert.True(Settings($"tlsAllowInvalidCertificates=true&tlsCAFile={PathOf("ca.pem")}").AllowInsecureTls);
        Assert.False(Settings("tlsInsecure=false").AllowInsecureTls);
    }

    [Fact]
    public void CertificateKeyFile_PlainOrEncrypted_IsShownToTheServer()
    {
        using var key = _server.GetECDsaPrivateKey()!;
        File.WriteAllText(PathOf("plain.pem"), Certificates.Pem(_server));
        var encrypted = key.ExportEncryptedPkcs8PrivateKeyPem("pa ss", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000));
        File.WriteAllText(PathOf("encrypted.pem"), $"{_server.ExportCertificatePem()}\n{encrypted}\n");
        foreach (var options in new[] { $"tlsCertificateKeyFile={PathOf("plain.pem")}", $"tlsCertificateKeyFile={PathOf("encrypted.pem")}&tlsCertificateKeyFilePassword=pa%20ss" })
        {
            var shown = Assert.IsType<X509Certificate2>(Settings(options).SslSettings.ClientCertificates.Single());
            Assert.True(shown.HasPrivateKey);
            Assert.Equal(_server.Thumbprint, shown.Thumbprint);
        }
        var credential = Settings($"authMechanism=MONGODB-X509&tlsCertificateKeyFile={PathOf("plain.pem")}").Credential;
        Assert.Equal(("MONGODB-X509", "$external"), (credential.Mechanism, credential.Source));
        var wrong = Assert.Throws<StoreException>(() => Settings($"tlsCertificateKeyFile={PathOf("encrypted.pem")}&tlsCertificateKeyFilePassword=wr0ng"));
        Assert.DoesNotContain("wr0ng", wrong.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void CaFile_WithoutACertificate_IsRefused()
    {
        File.WriteAllText(PathOf("empty.pem"), "nothing");
        var exception = Assert.Throws<StoreException>(() => Settings($"tlsCAFile={PathOf("empty.pem")}"));
        Assert.Contains("holds no certificate", exception.Message, StringComparison.Ordinal);
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private static MongoClientSettings Settings(string options) => MongoConnection.Parse($"mongodb://h/?tls=true&{options}").Settings;

    private static Func<X509Certificate2?, SslPolicyErrors, bool> Validation(string options)
    {
        var callback = Settings(options).SslSettings.ServerCertificateValidationCallback;
        return (certificate, errors) => callback(new object(), certificate, null, errors);
    }
}
