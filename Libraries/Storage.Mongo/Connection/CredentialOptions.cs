using MongoDB.Driver;

namespace ImageLibrary.Storage.Mongo;

/// <summary>Who the program is, and how it proves that.</summary>
internal static class CredentialOptions
{
    private const string External = "$external";

    public static void Apply(UrlOptions options, UrlParts parts, MongoClientSettings settings)
    {
        var source = options.Text("authSource");
        var mechanism = options.Text("authMechanism");
        settings.Credential = mechanism switch
        {
            null when parts.User is null => null,
            null => MongoCredential.CreateCredential(source ?? parts.DatabaseName ?? "admin", parts.User, Password(parts)),
            "SCRAM-SHA-1" or "SCRAM-SHA-256" => new MongoCredential(
                mechanism, new MongoInternalIdentity(source ?? parts.DatabaseName ?? "admin", User(parts, mechanism)), new PasswordEvidence(Password(parts))),
            "PLAIN" => MongoCredential.CreatePlainCredential(source ?? parts.DatabaseName ?? External, User(parts, mechanism), Password(parts)),
            "MONGODB-X509" => Certificate(parts, source, settings),
            _ => throw ConnectionFault.Of("option authMechanism must be one of SCRAM-SHA-256, SCRAM-SHA-1, MONGODB-X509, PLAIN"),
        };
    }

    private static MongoCredential Certificate(UrlParts parts, string? source, MongoClientSettings settings)
    {
        if (parts.Password is not null || source is not (null or External))
        {
            throw ConnectionFault.Of($"MONGODB-X509 takes no password, and authSource must be {External}");
        }
        if (settings.SslSettings?.ClientCertificates?.Any() != true)
        {
            throw ConnectionFault.Of("MONGODB-X509 needs tls=true and tlsCertificateKeyFile");
        }
        return MongoCredential.CreateMongoX509Credential(parts.User);
    }

    private static string User(UrlParts parts, string mechanism) =>
        parts.User ?? throw ConnectionFault.Of($"{mechanism} needs a user name, as in mongodb://user:password@host");

    private static string Password(UrlParts parts) =>
        parts.Password ?? throw ConnectionFault.Of("the user name has no password, as in mongodb://user:password@host");
}
